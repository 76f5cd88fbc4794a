using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Tests.Planning;

/// <summary>
/// Length and bill of a run written again from docs/risk.md, apart from <see cref="RunModel"/>: the oracle of the search's
/// money.
/// </summary>
internal static class PlainRun
{
    public sealed record Bill(double Hours, double CostUsd);

    /// <summary>The mean of a log-normal is its median · e^(σ²/2).</summary>
    public static Bill Expected(RunAssumptions assumed, RunDemand run, double spread) => At(assumed, run, Math.Exp(spread * spread / 2));

    /// <summary>
    /// What is not exceeded at a normal quantile, the variance of stops added to that of the step time. The square of what a stop
    /// costs is its mean squared and its variance: s²/12 of a uniform part of a segment, and of the wait that within and between
    /// its two kinds.
    /// </summary>
    public static Bill Limit(RunAssumptions assumed, RunDemand run, double spread, double deviations)
    {
        var (segment, training, stops, hours) = Train(assumed, run, Math.Exp(spread * spread / 2));
        var failures = Share(assumed, run);
        var (afterFailure, afterInterruption) = (assumed.WaitAfterFailureSeconds, assumed.WaitAfterInterruptionSeconds);
        var mean = segment / 2 + Again(assumed, run) + failures * afterFailure + (1 - failures) * afterInterruption;
        var withinKinds = failures * Math.Pow(afterFailure, 2) + (1 - failures) * Math.Pow(afterInterruption, 2);
        var betweenKinds = failures * (1 - failures) * Math.Pow(afterFailure - afterInterruption, 2);
        var perStop = mean * mean + segment * segment / 12 + withinKinds + betweenKinds;
        var ofStops = training > 0 && double.IsFinite(hours) ? stops * perStop / (hours * 3600 * hours * 3600) : 0;
        return At(assumed, run, Math.Exp(deviations * Math.Sqrt(spread * spread + ofStops)));
    }

    private static Bill At(RunAssumptions assumed, RunDemand run, double stretch)
    {
        var (_, training, stops, hours) = Train(assumed, run, stretch);
        var machineSeconds = Before(assumed, run) + training + stops * Share(assumed, run) * assumed.WaitAfterFailureSeconds;
        var rented = Math.Max(machineSeconds, run.Billing.MinimumSeconds);
        var units = run.Billing.UnitSeconds > 0 ? Math.Ceiling(rented / run.Billing.UnitSeconds) * run.Billing.UnitSeconds : rented;
        return new(hours, units / 3600 * run.UsdPerHour + hours * run.StorageUsdPerHour + run.EgressUsd);
    }

    private static (double Segment, double Training, double Stops, double Hours) Train(RunAssumptions assumed, RunDemand run,
        double stretch)
    {
        var work = run.StepSeconds * stretch * run.Steps * (1 + assumed.EvaluationShare);
        var write = run.Checkpoint.Count / assumed.CheckpointWrite.Rate;
        var perHour = run.Nodes * (assumed.FailuresPerNodeHour + (run.Spot ? assumed.InterruptionsPerNodeHour : 0));
        var between = 3600 / perHour;
        var root = Math.Sqrt(write / (2 * between));
        var interval = write >= 2 * between ? between : Math.Sqrt(2 * write * between) * (1 + root / 3 + root * root / 9) - write;
        var segments = Math.Max(1, Math.Round(work / interval));
        var segment = work / segments + write;
        var half = segment / between / 2;
        var training = segments * between * Math.Exp(Again(assumed, run) / between) * 2 * Math.Sinh(half) * Math.Exp(half);
        var stops = training / between;
        var waits = stops * (Share(assumed, run) * assumed.WaitAfterFailureSeconds
            + (1 - Share(assumed, run)) * assumed.WaitAfterInterruptionSeconds);
        return (segment, training, stops, (assumed.QueueSeconds + Before(assumed, run) + training + waits) / 3600);
    }

    private static double Before(RunAssumptions assumed, RunDemand run) =>
        assumed.StartUpSeconds + (run.Compile ? assumed.CompileSeconds : 0);

    private static double Again(RunAssumptions assumed, RunDemand run) =>
        assumed.RestartSeconds + (run.Compile ? assumed.CompileSeconds : 0);

    private static double Share(RunAssumptions assumed, RunDemand run) =>
        assumed.FailuresPerNodeHour / (assumed.FailuresPerNodeHour + (run.Spot ? assumed.InterruptionsPerNodeHour : 0));
}
