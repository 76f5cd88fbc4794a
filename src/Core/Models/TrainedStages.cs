namespace SlmPlanner.Core.Models;

/// <summary>
/// How the last blocks, which alone are trained, lie on the stages of a pipeline. No gradient goes below the first of them: stages before
/// its own have forward passes alone.
/// </summary>
/// <param name="Split">How blocks lie on stages.</param>
/// <param name="Trained">Blocks that are trained, counted from the last, 1 to all.</param>
internal readonly record struct TrainedStages(StageSplit Split, double Trained)
{
    private double Frozen => Split.Blocks - Trained;

    /// <summary>Stages without a backward pass: those whose blocks all lie below the first that is trained.</summary>
    public int WithoutBackward
    {
        get
        {
            var stages = 0;
            while (stages < Split.Stages - 1 && Split.Until(stages + 1) <= Frozen)
                stages++;
            return stages;
        }
    }

    /// <summary>Blocks of a stage that are trained.</summary>
    public double Of(int stage) => Math.Max(0, Split.Until(stage + 1) - Math.Max(Split.Until(stage), Frozen));

    /// <summary>
    /// Seconds of the stage that takes longest for a micro-batch, and what it has: forward in all of its blocks, backward in those that are
    /// trained, the head on the last.
    /// </summary>
    /// <param name="forward">Seconds forward of the mean block.</param>
    /// <param name="backward">Seconds backward of a block that is trained.</param>
    /// <param name="head">Seconds of the head.</param>
    public (double Seconds, double Work, double Trained) Slowest(double forward, double backward, double head)
    {
        var slowest = (Seconds: 0.0, Work: 0.0, Trained: 0.0);
        for (var stage = 0; stage < Split.Stages; stage++)
        {
            var (work, trained) = (Split.WorkOf(stage), Of(stage));
            var seconds = forward * work + backward * trained + (stage == Split.Stages - 1 ? head : 0);
            if (seconds >= slowest.Seconds)
                slowest = (seconds, work, trained);
        }
        return slowest;
    }

    /// <summary>
    /// What is left of the waiting where gradients of weights fill it: of three passes of a block on the other stages one, of a frozen
    /// block its only one.
    /// </summary>
    /// <param name="work">Work of the slowest stage, in mean blocks.</param>
    /// <param name="trained">Trained blocks of the slowest stage.</param>
    public double ZeroBubbleShare(double work, double trained)
    {
        var (others, trainedOthers) = (Split.Blocks - work, Trained - trained);
        return others <= 0 ? 1 : others / (others + 2 * trainedOthers);
    }
}
