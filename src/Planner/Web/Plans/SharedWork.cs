namespace SlmPlanner.Planner.Web.Plans;

/// <summary>One computation that several callers may wait for. It is abandoned when all of them have left.</summary>
/// <param name="work">The computation; what it is given tells whether nobody waits any more.</param>
internal sealed class SharedWork<T>(Func<Func<bool>, Task<T>> work)
{
    private readonly Lock _lock = new();
    private Task<T>? _running;
    private volatile bool _isAbandoned;
    private int _waiting;

    /// <summary>True once it was abandoned or has failed: then it is of no more use.</summary>
    public bool IsLost
    {
        get
        {
            lock (_lock)
                return _isAbandoned || _running is { IsFaulted: true } or { IsCanceled: true };
        }
    }

    /// <summary>Starts the computation if nobody has, and waits for it.</summary>
    /// <exception cref="OperationCanceledException">The caller left, or all others had.</exception>
    public async Task<T> Result(CancellationToken leave)
    {
        Task<T> running;
        lock (_lock)
        {
            _waiting++;
            running = _running ??= work(() => _isAbandoned);
        }
        try
        {
            return await running.WaitAsync(leave);
        }
        finally
        {
            lock (_lock)
            {
                _waiting--;
                _isAbandoned |= _waiting == 0 && !running.IsCompleted;
            }
        }
    }
}
