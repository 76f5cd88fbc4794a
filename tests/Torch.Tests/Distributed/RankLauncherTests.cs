using System.Diagnostics;
using SlmPlanner.Calibrator.Distributed.Launch;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>Ranks that die, hang or take too long end the group with a record, never a hang.</summary>
public sealed class RankLauncherTests(ITestOutputHelper output)
{
    private const string Collectives = "\"$0\" collectives --max-bytes 1048576 --stall-limit-s 5";

    /// <summary>
    /// One message of the starved rank, in the shell's unit: as data (RLIMIT_DATA: heap and private writable memory, without the
    /// libraries, however large they are) a rank may hold that, but needs its result and itself too.
    /// </summary>
    private const long MessageKib = 1 << 20;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(100);

    [Fact]
    public void A_killed_rank_ends_the_others_and_is_taken_for_out_of_memory()
    {
        var failure = Failure($"if [ $R = 1 ]; then kill -9 $$; fi; sleep 300");
        Assert.Equal(FailureKind.OutOfMemory, failure.Kind);
        Assert.Equal(1, failure.Rank);
    }

    [Fact]
    public void A_rank_that_crashes_is_named_with_its_signal()
    {
        var failure = Failure($"if [ $R = 1 ]; then kill -SEGV $$; fi; sleep 300");
        Assert.Equal(FailureKind.Died, failure.Kind);
        Assert.Contains("signal 11", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_that_never_joins_is_reported_by_the_one_that_waits()
    {
        var failure = Failure($"if [ $R = 1 ]; then exec sleep 300; fi; exec {Collectives}");
        Assert.Equal(FailureKind.Hung, failure.Kind);
        Assert.Equal(0, failure.Rank);
        Assert.Contains("joining", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The rank is stopped three seconds after it loaded MPI, in a sweep that takes ten at least.</summary>
    [Fact]
    public void A_rank_that_stops_in_the_middle_is_reported_by_the_one_that_waits()
    {
        const string Long = "\"$0\" collectives --stall-limit-s 5";
        var failure = Failure($"if [ $R = 0 ]; then exec {Long}; fi; {Long} & P=$!; until grep -q libmpi /proc/$P/maps; do sleep 0.2; "
            + $"done; sleep 3; kill -STOP $P; wait");
        Assert.Equal(FailureKind.Hung, failure.Kind);
        Assert.Equal(0, failure.Rank);
    }

    [Fact]
    public void Ranks_that_take_too_long_are_ended()
    {
        var failure = Failure("sleep 300", TimeSpan.FromSeconds(3));
        Assert.Equal(FailureKind.Hung, failure.Kind);
        Assert.Contains("longer than 3 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_that_can_not_allocate_ends_the_others_with_its_record()
    {
        const string Large = "collectives --min-bytes 1073741824 --max-bytes 1073741824 --stall-limit-s 60";
        var failure = Failure($"if [ $R = 0 ]; then exec \"$0\" {Large}; fi; ulimit -d {MessageKib}; exec \"$0\" {Large}");
        Assert.Equal(FailureKind.OutOfMemory, failure.Kind);
        Assert.Equal(1, failure.Rank);
    }

    [Fact]
    public void An_error_on_a_rank_reaches_the_parent_in_its_own_words()
    {
        var failure = Failure("exec \"$0\" collectives --type byte");
        Assert.Contains("unknown value 'byte'", failure.Message, StringComparison.Ordinal);
    }

    private RankFailure Failure(string script, TimeSpan? limit = null)
    {
        using var error = new StringWriter();
        var start = Stopwatch.GetTimestamp();
        var outcome = RanksOfTest.Script(2, script, error, limit);
        output.WriteLine($"{outcome.Failure}\n{error}");
        Assert.NotNull(outcome.Failure);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.True(Stopwatch.GetElapsedTime(start) < Soon, "the group outlived the limit");
        return outcome.Failure;
    }
}
