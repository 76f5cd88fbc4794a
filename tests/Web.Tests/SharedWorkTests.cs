using SlmPlanner.Planner.Web.Plans;

namespace SlmPlanner.Web.Tests;

public sealed class SharedWorkTests
{
    [Fact]
    public async Task Callers_share_one_computation()
    {
        var (runs, gate) = (0, new TaskCompletionSource<int>());
        var work = new SharedWork<int>(_ =>
        {
            runs++;
            return gate.Task;
        });
        var (first, second) = (work.Result(CancellationToken.None), work.Result(CancellationToken.None));
        gate.SetResult(7);
        int[] results = await Task.WhenAll(first, second);
        Assert.Equal([7, 7], results);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_computation_that_everyone_left_is_ended_and_one_that_someone_awaits_is_not()
    {
        var gate = new TaskCompletionSource<int>();
        var stop = CancellationToken.None;
        var work = new SharedWork<int>(token =>
        {
            stop = token;
            return gate.Task;
        });
        using var firstLeaves = new CancellationTokenSource();
        using var secondLeaves = new CancellationTokenSource();
        var (first, second) = (work.Result(firstLeaves.Token), work.Result(secondLeaves.Token));
        await firstLeaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal((false, false), (work.IsLost, stop.IsCancellationRequested));
        await secondLeaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal((true, true), (work.IsLost, stop.IsCancellationRequested));
    }

    [Fact]
    public async Task A_computation_that_failed_is_lost()
    {
        var work = new SharedWork<int>(_ => Task.FromException<int>(new InvalidOperationException()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => work.Result(CancellationToken.None));
        Assert.True(work.IsLost);
    }
}
