using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Core.Findings;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>What a reader of a profile should know about its measurements as a whole.</summary>
internal static class RunFindings
{
    private const int Enough = 12;
    private const double ManyNoisy = 0.25;
    private const double NotablePace = 1.1;

    /// <summary>The findings.</summary>
    public static IReadOnlyList<Finding> Of(RunState state) =>
        [.. Few(state), .. Ranks(state), .. Noise(state), .. Others(state), .. Pace(state), .. Lost(state)];

    /// <summary>From which machines the fit started, and how this one differs from them.</summary>
    public static IEnumerable<Finding> OfSiblings(IReadOnlyList<Sibling> siblings, IReadOnlyList<BurstResult> own, MachinePace pace) =>
        siblings.Select(sibling => new StartedFromSibling(sibling.Name, sibling.Bursts.Count,
            Math.Exp(sibling.Slower(own, pace, MachineModel.BurstNoise).Mean) - 1));

    private static IEnumerable<Finding> Few(RunState state)
    {
        if (state.Fitted.Count < Enough)
            yield return new FewBursts(state.Fitted.Count, Enough);
        if (state.HeldOut.Count == 0)
            yield return new Unproved();
    }

    private static IEnumerable<Finding> Ranks(RunState state)
    {
        if (state.CollectivesFailure is { } reason)
            yield return new NoLink(reason);
    }

    private static IEnumerable<Finding> Noise(RunState state)
    {
        foreach (var group in state.Bursts.SelectMany(pair => pair.Burst.Findings).Where(finding => finding.Severity != Severity.Hint)
            .GroupBy(finding => finding.Id))
        {
            if (group.Count() > ManyNoisy * state.Bursts.Count)
                yield return new SharedFinding(group.Count(), state.Bursts.Count, group.First());
        }
    }

    /// <summary>Says how much of the time other programs were at work, and what that leaves.</summary>
    private static IEnumerable<Finding> Others(RunState state)
    {
        double[] taken =
        [
            .. state.Measurements.SelectMany(burst => burst.Utilisation).Where(sample => sample.OtherCores is not null)
                .Select(sample => sample.OtherCores!.Value + (sample.StealCores ?? 0)),
        ];
        var quiet = Disturbance.QuietShare * state.Cores;
        if (taken.Length > 0 && taken.Average() > quiet)
            yield return new BusyTime(taken.Average(cores => cores > quiet ? 1.0 : 0), taken.Average(), state.Cores);
        var disturbed = state.ByConfiguration.Count(group => group.All(burst => Disturbance.Of(burst, state.Cores).IsDisturbed));
        if (disturbed > 0)
            yield return new DisturbedBursts(disturbed, state.Bursts.Count);
    }

    /// <summary>Says how far the machine's own pace changed, and that the fit allows for it.</summary>
    private static IEnumerable<Finding> Pace(RunState state)
    {
        var pace = MachinePace.Of(state.Fitted);
        double[] slowdowns = [.. state.Fitted.Select(pace.Slowdown)];
        if (slowdowns.Length > 0 && slowdowns.Max() / slowdowns.Min() > NotablePace)
            yield return new UnevenPace(slowdowns.Min() - 1, slowdowns.Max() - 1);
    }

    private static IEnumerable<Finding> Lost(RunState state)
    {
        var (memory, failed) = (Count(state, BurstStatus.OutOfMemory), Count(state, BurstStatus.Failed));
        if (memory > 0)
            yield return new BurstsOutOfMemory(memory);
        if (failed > 0)
            yield return new FailedBursts(failed, state.Bursts.First(pair => pair.Burst.Status == BurstStatus.Failed).Burst.Message ?? "");
    }

    private static int Count(RunState state, BurstStatus status) => state.Bursts.Count(pair => pair.Burst.Status == status);
}
