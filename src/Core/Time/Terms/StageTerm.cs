using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Activations and their gradients from stage to stage of a pipeline.</summary>
internal sealed class StageTerm : StepTerm
{
    /// <inheritdoc/>
    public override string Key => "stage_messages";

    /// <inheritdoc/>
    public override string Formula =>
        "g · 2(P·v − 1)/P · (message of m·d·e to the next stage + `StageSeconds`); "
        + "where first blocks are frozen (2(P·v − 1) − stages without a backward pass)/P messages";

    /// <inheritdoc/>
    public override string Source => "Narayanan et al. 2021, 2.2 and 3.2: each boundary of P stages of v parts is crossed twice";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
        [new(C.StageSeconds, 2e-4, 1.2, [new(L.Stack, 0.7)]) { OfSplits = true }];

    /// <inheritdoc/>
    public override bool IsOf(in TrainingSetup setup) => setup.Mesh.Pipeline > 1;

    internal override double Seconds(ref StepContext step)
    {
        double stages = step.Setup.Mesh.Pipeline;
        if (stages == 1)
            return 0;
        var crossings = ModelSchedule.Crossings(step.Shape, step.Setup.Layout);
        var forward = (stages * step.Setup.Layout.Chunks - 1) / stages;
        return step.EveryExchange(step.ModelMessages().Pipeline + crossings * step[C.StageSeconds], crossings / forward);
    }
}
