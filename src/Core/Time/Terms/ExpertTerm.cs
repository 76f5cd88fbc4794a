using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>
/// Tokens on their way to experts on other ranks and back. They lie on the way of the experts' multiplies, so they are waited for.
/// </summary>
internal sealed class ExpertTerm : StepTerm
{
    /// <inheritdoc/>
    public override string Key => "expert_parallel";

    /// <inheritdoc/>
    public override string Formula =>
        "g · `ExpertTraffic` · 4 all-to-alls (6 where forward passes are repeated) of k·m·d·e · imbalance among E ranks, for each block "
        + "with experts";

    /// <inheritdoc/>
    public override string Source => "Lepikhin et al. 2021 (GShard), 3.2: dispatch and combine, each again backward; no measured row "
        + "has expert parallelism";

    /// <summary>
    /// Sorting, padding and counting of tokens are in it: from a little less than the messages alone to some four times them.
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
        [new(C.ExpertTraffic, 1.3, 0.7, [new(L.Stack, 0.5)]) { OfSplits = true }];

    /// <inheritdoc/>
    public override bool IsOf(in TrainingSetup setup) => setup.Mesh.Expert > 1;

    internal override double Seconds(ref StepContext step) =>
        step.Setup.Mesh.Expert == 1 ? 0 : step.EveryExchange(
            step[C.ExpertTraffic] * step.ModelMessages().Expert,
            step.Trained.Passes(step.Setup.Recomputation is Recomputation.Full or Recomputation.Selective ? 2 : 1));
}
