using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>
/// Ends a rank that waits too long in a collective: a blocked library call can't be interrupted, so another thread writes the
/// record and ends the process, whereupon the launcher ends the others.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly Action<string> _expired;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private (long Since, string? What, Collective Collective)? _waiting;

    /// <summary>Starts watching.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="limit">The longest wait for other ranks.</param>
    /// <param name="expired">Called once, on a timer thread, with what was waited for.</param>
    public Watchdog(TimeProvider time, TimeSpan limit, Action<string> expired)
    {
        (_time, _limit, _expired) = (time, limit, expired);
        var period = TimeSpan.FromSeconds(Math.Clamp(limit.TotalSeconds / 10, 0.05, 1));
        _timer = time.CreateTimer(_ => Look(), null, period, period);
    }

    /// <summary>A wait for a collective begins; it is put into words only when it lasts too long.</summary>
    public void Enter(in Collective collective) => Enter(null, collective);

    /// <summary>A wait begins.</summary>
    public void Enter(string what) => Enter(what, default);

    /// <summary>The wait ended.</summary>
    public void Leave()
    {
        lock (_lock)
            _waiting = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private static string Words(in Collective collective) =>
        collective.Kind == CollectiveKind.Barrier ? "a barrier" : $"{collective.Kind} of {collective.Bytes} bytes";

    private void Enter(string? what, in Collective collective)
    {
        lock (_lock)
            _waiting = (_time.GetTimestamp(), what, collective);
    }

    private void Look()
    {
        string? message = null;
        lock (_lock)
        {
            if (_waiting is var (since, what, collective) && _time.GetElapsedTime(since) > _limit)
            {
                message = $"waited {_time.GetElapsedTime(since).TotalSeconds:0.0} s in {what ?? Words(collective)}: another rank died "
                    + $"or hangs";
                _waiting = null;
            }
        }
        if (message is not null)
            _expired(message);
    }
}
