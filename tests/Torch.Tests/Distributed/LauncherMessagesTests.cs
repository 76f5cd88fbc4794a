using SlmPlanner.Calibrator.Distributed.Launch;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>What the launcher says when ranks end early.</summary>
public sealed class LauncherMessagesTests
{
    [Fact]
    public void Exit_codes_above_128_are_signals_as_shells_count_them()
    {
        Assert.Equal(new RankFailure(FailureKind.Died, null, "ended by signal 11"), LauncherMessages.Ended(139));
        Assert.Equal(FailureKind.OutOfMemory, LauncherMessages.Ended(137).Kind);
        Assert.Contains("signal 9", LauncherMessages.Ended(137).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    public void Other_exit_codes_are_told_as_they_are(int code) =>
        Assert.Equal(new RankFailure(FailureKind.Died, null, $"the ranks ended with exit code {code}"), LauncherMessages.Ended(code));

    [Fact]
    public void A_ranks_own_error_is_found_before_the_signal_that_followed_it()
    {
        const string Signal = "Segmentation fault\nrank-signal: 1 11\n";
        Assert.Equal(new RankFailure(FailureKind.Error, null, "no such file"), LauncherMessages.Find("error: no such file\n" + Signal));
        Assert.Equal(new RankFailure(FailureKind.Died, 1, "ended by signal 11"), LauncherMessages.Find(Signal));
        Assert.Equal(new RankFailure(FailureKind.Died, null, "ended by signal 6"), LauncherMessages.Find("rank-signal: ? 6\n"));
        Assert.Null(LauncherMessages.Find("all is well\n"));
    }
}
