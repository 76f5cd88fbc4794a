using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;

namespace SlmPlanner.Core.Planning.Forecasts;

/// <summary>One thing that may be other than assumed, and how it changes a run.</summary>
/// <param name="Name">Kebab-case name.</param>
/// <param name="Low">Multiple that makes the run cheaper.</param>
/// <param name="High">Multiple that makes the run dearer.</param>
/// <param name="OwnOnly">True when it changes the recommendation alone and not the runner-up, so that a break-even exists.</param>
/// <param name="Apply">The run and assumptions at a multiple.</param>
internal sealed record SensitivityFactor(
    string Name,
    double Low,
    double High,
    bool OwnOnly,
    Func<RunDemand, RunAssumptions, double, (RunDemand Run, RunAssumptions Assumptions)> Apply)
{
    /// <summary>The factors of a tornado chart.</summary>
    /// <param name="logSpread">Standard deviation of the logarithm of the step time: MFU swings by one of it either way.</param>
    /// <param name="prices">What prices did in history: the price swings between a tenth of the moves at either end; by a fifth
    /// without.</param>
    public static IReadOnlyList<SensitivityFactor> All(double logSpread, PriceMove? prices) =>
    [
        new("price", Math.Min(1, prices?.Low ?? 0.8), Math.Max(1, prices?.High ?? 1.2), true,
            (run, assumed, by) => (run with { UsdPerHour = run.UsdPerHour * by }, assumed)),
        new("mfu", Math.Exp(logSpread), Math.Exp(-logSpread), true,
            (run, assumed, by) => (run with { StepSeconds = run.StepSeconds / by }, assumed)),
        new("tokens", 0.8, 1.2, false, (run, assumed, by) => (run with { Steps = run.Steps * by }, assumed)),
        new("stops", 0.25, 4, false, (run, assumed, by) => (run, assumed with
        {
            FailuresPerNodeHour = assumed.FailuresPerNodeHour * by,
            InterruptionsPerNodeHour = assumed.InterruptionsPerNodeHour * by,
        })),
        new("start-up", 0.5, 3, false, (run, assumed, by) => (run, assumed with
        {
            StartUpSeconds = assumed.StartUpSeconds * by,
            RestartSeconds = assumed.RestartSeconds * by,
        })),
        new("checkpoint-rate", 4, 0.25, false, (run, assumed, by) => (run, assumed with
        {
            CheckpointWrite = new(assumed.CheckpointWrite.Rate * by),
        })),
    ];
}
