using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>Samples utilisation on a timer until disposed; the parent process does it, so that the burst is not disturbed.</summary>
internal sealed class UtilisationSampler : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<IUtilisationSource> _sources;
    private readonly List<UtilisationSample> _samples = [];
    private readonly Lock _lock = new();
    private readonly long _start;
    private readonly ITimer _timer;

    /// <summary>Starts sampling; takes ownership of the sources.</summary>
    public UtilisationSampler(IReadOnlyList<IUtilisationSource> sources, TimeProvider clock)
    {
        (_sources, _clock) = (sources, clock);
        _start = clock.GetTimestamp();
        _timer = clock.CreateTimer(_ => Take(), null, Interval, Interval);
    }

    /// <summary>The samples so far.</summary>
    public IReadOnlyList<UtilisationSample> Samples
    {
        get
        {
            lock (_lock)
                return [.. _samples];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            foreach (var source in _sources)
                source.Dispose();
        }
    }

    /// <summary>A process that has just ended can't be read any more; its last sample is then left out.</summary>
    private void Take()
    {
        lock (_lock)
        {
            try
            {
                var sample = new UtilisationSample { TimeS = _clock.GetElapsedTime(_start).TotalSeconds };
                _samples.Add(_sources.Aggregate(sample, (soFar, source) => source.Read(soFar)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }
}

/// <summary>Something that can be asked how busy a device is right now.</summary>
internal interface IUtilisationSource : IDisposable
{
    /// <summary>Adds what this source knows to a sample.</summary>
    UtilisationSample Read(UtilisationSample sample);
}
