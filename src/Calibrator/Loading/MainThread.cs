using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace SlmPlanner.Calibrator.Loading;

/// <summary>
/// Lends the process's first thread to training. glibc gives that thread alone the arena that grows without limit; on any other,
/// every tensor above 64 MiB is mapped anew in each step, page fault by page fault (malloc(3), HEAP_MAX_SIZE). Sharing the first
/// arena between all threads is no way out: the fused attention kernel allocates in each of them, and then they wait for its lock.
/// </summary>
internal sealed class MainThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    /// <summary>Runs a program on another thread, and on this one, which must be the first, what <see cref="Run"/> hands over.</summary>
    /// <returns>The program's exit code.</returns>
    public int Serve(Func<int> program)
    {
        var exitCode = 0;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                exitCode = program();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                _work.CompleteAdding();
            }
        });
        thread.Start();
        foreach (var work in _work.GetConsumingEnumerable())
            work();
        thread.Join();
        failure?.Throw();
        return exitCode;
    }

    /// <summary>Runs work on the first thread and waits for its result; failures come back as they were thrown.</summary>
    public T Run<T>(Func<T> work)
    {
        var task = new Task<T>(work);
        _work.Add(() => task.RunSynchronously());
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose() => _work.Dispose();
}
