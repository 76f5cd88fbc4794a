namespace SlmPlanner.Planner.Web.Plans;

/// <summary>One computation that several callers may wait for. It is ended when all of them have left.</summary>
/// <param name="work">The computation; its token is cancelled when nobody waits any more.</param>
internal sealed class SharedWork<T>(Func<CancellationToken, Task<T>> work)
{
    private readonly Lock _lock = new();
    private Task<T>? _running;
    private Func<Task> _end = () => Task.CompletedTask;
    private bool _isAbandoned;
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
            running = _running ??= Start();
        }
        try
        {
            return await running.WaitAsync(leave);
        }
        finally
        {
            if (IsLastToLeave(running))
                await _end();
        }
    }

    /// <summary>The source has no timer, so there is nothing to dispose of.</summary>
    private Task<T> Start()
    {
        var abandoned = new CancellationTokenSource();
        _end = abandoned.CancelAsync;
        return work(abandoned.Token);
    }

    private bool IsLastToLeave(Task<T> running)
    {
        lock (_lock)
        {
            _waiting--;
            var isLast = _waiting == 0 && !running.IsCompleted;
            _isAbandoned |= isLast;
            return isLast;
        }
    }
}
