using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>That an evaluation needs more memory than training, and how large one may be that does not.</summary>
/// <param name="Sequences">Sequences per device of the evaluation.</param>
/// <param name="TrainingBytes">Peak memory of training alone.</param>
/// <param name="CoveredSequences">Most sequences per device whose evaluation needs no more than that; 0 where one needs more.</param>
public sealed record EvaluationPeak(int Sequences, double TrainingBytes, int CoveredSequences)
{
    /// <summary>Of a setup; null where it has no evaluation or training needs as much.</summary>
    /// <param name="model">The memory model.</param>
    /// <param name="setup">The setup.</param>
    public static EvaluationPeak? Of(MemoryModel model, in TrainingSetup setup)
    {
        if (setup.EvalBatch == 0)
            return null;
        var training = model.Predict(setup with { EvalBatch = 0 }).Total.Count;
        if (model.Predict(setup).Total.Count <= training)
            return null;
        return new(setup.EvalBatch, training, Largest(setup, tried => model.Predict(tried).Total.Count <= training));
    }

    /// <summary>The largest evaluation batch below a setup's own that does, by bisection, as memory grows with it; 0 for none.</summary>
    /// <param name="setup">The setup, whose own does not.</param>
    /// <param name="does">What it is asked to do.</param>
    internal static int Largest(in TrainingSetup setup, Func<TrainingSetup, bool> does)
    {
        var (works, fails) = (0, setup.EvalBatch);
        while (fails - works > 1)
        {
            var middle = works + ((fails - works) / 2);
            if (does(setup with { EvalBatch = middle }))
                works = middle;
            else
                fails = middle;
        }
        return works;
    }
}
