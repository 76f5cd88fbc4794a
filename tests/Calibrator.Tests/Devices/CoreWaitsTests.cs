using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests.Devices;

public sealed class CoreWaitsTests : IDisposable
{
    private readonly TemporaryFolder _tasks = new();

    public void Dispose() => _tasks.Dispose();

    /// <summary>
    /// In one second thread 1 ran 0.8 s and waited 0.1 s, thread 2 ran 0.7 s and waited 0.25 s; thread 3 only slept and waited.
    /// </summary>
    [Fact]
    public void The_longest_wait_of_a_thread_that_takes_part_counts()
    {
        Write((1, 5e9, 1e9), (2, 3e9, 2e9), (3, 1e6, 1e6));
        var waits = new CoreWaits(_tasks.Path);
        waits.Start();
        Write((1, 5.8e9, 1.1e9), (2, 3.7e9, 2.25e9), (3, 1e6, 0.2e9));
        Assert.Equal(0.25, waits.Longest(1)!.Value, 9);
    }

    [Fact]
    public void A_wait_is_no_longer_than_its_span_and_a_new_thread_counts_from_its_start()
    {
        Write((1, 0, 0));
        var waits = new CoreWaits(_tasks.Path);
        waits.Start();
        Write((1, 1e9, 0), (2, 0.2e9, 3e9));
        Assert.Equal(2, waits.Longest(2)!.Value, 9);
    }

    [Fact]
    public void Where_the_system_does_not_tell_the_wait_is_not_known()
    {
        var waits = new CoreWaits(Path.Combine(_tasks.Path, "none"));
        waits.Start();
        Assert.Null(waits.Longest(1));
    }

    private void Write(params (int Thread, double Ran, double Waited)[] threads)
    {
        foreach (var (thread, ran, waited) in threads)
            _tasks.Write($"{thread}/schedstat", FormattableString.Invariant($"{ran:0} {waited:0} 9\n"));
    }
}
