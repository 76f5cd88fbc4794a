using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>
/// What the average rank of a pipeline waits: while the first micro-batches reach it and the last ones leave it, and in every micro-batch
/// for the slowest stage. The other terms are those of the average rank.
/// </summary>
internal sealed class BubbleTerm : StepTerm
{
    /// <summary>
    /// What is left of the waiting where weights' gradients fill it: forward, and backward less the weights' part, of three equal parts
    /// (Qi et al. 2023, table 1: T_F + T_B − T_W against T_F + T_B + T_W). All of it where weights are frozen and have no gradients.
    /// </summary>
    private static double ZeroBubbleShare(double weightGradients) => (2 - weightGradients) / (2 + weightGradients);

    private static double LeftWithoutBubbles(in StepContext step)
    {
        if (step.Setup.Tuning.Method != TuningMethod.Freeze)
            return ZeroBubbleShare(step.Trained.WeightGradients);
        var (_, work, trained) = step.SlowestTrainedStage();
        return step.TrainedStages.ZeroBubbleShare(work, trained);
    }

    /// <inheritdoc/>
    public override string Key => "pipeline_bubble";

    /// <inheritdoc/>
    public override string Formula =>
        "`BubbleShare` · (P·t − t_max)/v + g·(t_max − t): t a micro-batch on the average stage, t_max on the slowest, which has the "
        + "head or the most blocks; "
        + "a third of the first part without bubbles, beside adapters all of it; where first blocks are frozen a stage has backward work "
        + "for its trained blocks alone";

    /// <inheritdoc/>
    public override string Source => "Narayanan et al. 2021, 2.2.1 and 2.2.2: (P − 1)/g of the work, (P − 1)/(v·g) interleaved; Qi et "
        + "al. 2023, table 1";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
        [new(C.BubbleShare, 1, 0.1, [new(L.Stack, 0.2)]) { OfSplits = true }];

    /// <inheritdoc/>
    public override bool IsOf(in TrainingSetup setup) => setup.Mesh.Pipeline > 1;

    internal override double Seconds(ref StepContext step)
    {
        double stages = step.Setup.Mesh.Pipeline;
        if (stages == 1)
            return 0;
        var mean = step.MicroBatchSeconds;
        var slowest = mean * step.SlowestStage();
        var filling = step[C.BubbleShare] * Math.Max(0, stages * mean - slowest) / step.Setup.Layout.Chunks
            * (step.Setup.Layout.ZeroBubble ? LeftWithoutBubbles(step) : 1);
        return filling + step.Setup.GradAccum * (slowest - mean);
    }
}
