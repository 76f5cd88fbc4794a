using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Tests.FakeGpu;

/// <summary>Ranks that are threads of this process: enough of a host's group to broadcast what joins their devices.</summary>
internal sealed class ThreadGroup : ICollectives
{
    private readonly Barrier _barrier;
    private readonly byte[][] _message;

    private ThreadGroup(int rank, int size, Barrier barrier, byte[][] message) =>
        (Rank, Size, _barrier, _message) = (rank, size, barrier, message);

    public int Rank { get; }

    public int Size { get; }

    public string Library => "threads";

    /// <summary>Runs work on as many threads as there are ranks, and gives what each returned or threw.</summary>
    public static IReadOnlyList<(T? Result, Exception? Failure)> Run<T>(int ranks, Func<ThreadGroup, T> work)
    {
        using var barrier = new Barrier(ranks);
        var message = new byte[1][];
        var outcomes = new (T?, Exception?)[ranks];
        Thread[] threads = [.. Enumerable.Range(0, ranks).Select(rank => new Thread(() =>
        {
            try
            {
                outcomes[rank] = (work(new(rank, ranks, barrier, message)), null);
            }
            catch (Exception exception)
            {
                outcomes[rank] = (default, exception);
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "a rank hangs");
        return outcomes;
    }

    public void Run(in Collective collective)
    {
        Assert.Equal(CollectiveKind.Broadcast, collective.Kind);
        var bytes = new byte[collective.Bytes];
        if (Rank == collective.Root)
        {
            Marshal.Copy(collective.Input.Address, bytes, 0, bytes.Length);
            _message[0] = bytes;
        }
        _barrier.SignalAndWait();
        Marshal.Copy(_message[0], 0, collective.Output.Address, bytes.Length);
        _barrier.SignalAndWait();
    }

    public IPending Start(in Collective collective) => throw new NotSupportedException();

    public void Synchronize()
    {
    }

    public ICollectives Split(int color) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
