using SlmPlanner.Core.Numerics;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Keys and values on their way around the ranks that share a sequence, as far as attention does not hide them.</summary>
internal sealed class ContextTerm : StepTerm
{
    /// <summary>Backward over forward work of attention.</summary>
    private const double Backward = 2.5;

    /// <inheritdoc/>
    public override string Key => "context_parallel";

    /// <inheritdoc/>
    public override string Formula =>
        "g · (max₆(attention, t) − attention), t = `ContextTraffic` · 3(C − 1)L messages of 2·m/C·k·h·e to the next of C ranks";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2023 (Ring Attention), 3; no measured row is fitted well enough to tell: the prior is "
        + "wide";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
        [new(C.ContextTraffic, 1.3, 0.7, [new(L.Stack, 0.5)]) { OfSplits = true }];

    /// <inheritdoc/>
    public override bool IsOf(in TrainingSetup setup) => setup.Mesh.Context > 1;

    internal override double Seconds(ref StepContext step)
    {
        if (step.Setup.Mesh.Context == 1)
            return 0;
        var window = step.Trained.Passes(Backward) * step.AttentionForward;
        return step.EveryExchange(
            SmoothMaximum.OfSixthPowers(window, step[C.ContextTraffic] * step.ModelMessages().Context) - window,
            step.Trained.Passes(step.Setup.Recomputation is Recomputation.Full or Recomputation.Attention ? 3 : 2));
    }
}
