
namespace SlmPlanner.Core.Training;

/// <summary>
/// How often a step goes through the work of a forward pass. A multiply has two gradients, each as large as itself: by its input and by its
/// weight (Chowdhery et al. 2022, PaLM, appendix B). A frozen weight has the first alone; a block before the first trained one has none.
/// </summary>
/// <param name="Backward">Share of the blocks that have a backward pass, 0 to 1.</param>
/// <param name="WeightGradients">1 where their weights have gradients, 0 where they are frozen beside adapters.</param>
/// <param name="HeadGradients">Gradients of the output head's multiply: 2, or 1 where it is frozen.</param>
internal readonly record struct TrainedWork(double Backward, double WeightGradients, double HeadGradients)
{
    /// <summary>The work of a setup.</summary>
    /// <param name="tuning">Which parameters are trained.</param>
    /// <param name="layers">Blocks.</param>
    public static TrainedWork Of(in Tuning tuning, double layers) => tuning.Method switch
    {
        TuningMethod.Full => new(1, 1, 2),
        TuningMethod.Freeze => new(Math.Min(1, tuning.TrainedBlocks / layers), 1, 1),
        _ => new(1, 0, 1),
    };

    /// <summary>Passes of the blocks' multiplies, forward and backward.</summary>
    public double MultiplyPasses => 1 + Backward * (1 + WeightGradients);

    /// <summary>Passes of work without weights whose backward pass is so many forward ones.</summary>
    /// <param name="backward">Backward over forward work.</param>
    public double Passes(double backward) => 1 + Backward * backward;

    /// <summary>Passes of the head's multiply.</summary>
    public double HeadPasses => 1 + HeadGradients;
}
