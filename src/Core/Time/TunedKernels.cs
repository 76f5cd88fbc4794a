using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>
/// Kernels of a step that trains a part of the parameters, over those of one that trains all. Counted for a gated block: 28 forward, twice
/// that backward, 7 stores of gradients (<see cref="BlockKernels"/>); adapters in peft's <c>lora.Linear.forward</c>, dequantisation in
/// bitsandbytes' <c>MatMul4Bit</c>. All recalled from their code.
/// </summary>
internal static class TunedKernels
{
    private const double Forward = 28, Stores = 7, Usual = 3 * Forward + Stores;

    /// <summary>Multiplies of a block, whose gradients by frozen weights are left out with their stores.</summary>
    private const double Multiplies = 7;

    /// <summary>
    /// Of an adapter: two multiplies, the scaling and the sum. Backward each multiply twice, the scaling, the sum and two stores.
    /// </summary>
    private const double AdapterForward = 4, AdapterBackward = 8;

    /// <summary>Mixed precision copies an adapter's input to fp32 and back to 16 bits, and the same backward.</summary>
    private const double Conversions = 2;

    /// <summary>Scales, then weights.</summary>
    private const double Dequantisations = 2;

    /// <summary>The factor on the launches of a model's blocks.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="setup">Method, targets, precision, compilation.</param>
    /// <param name="trained">Which blocks have a backward pass.</param>
    /// <param name="repeated">Share of a block's forward kernels that run again.</param>
    public static double Share(in ShapeCosts shape, in TrainingSetup setup, in TrainedWork trained, double repeated)
    {
        var tuning = setup.Tuning;
        var again = repeated * trained.Backward;
        var kernels = Forward * (1 + again) + trained.Backward * (2 * Forward + Stores);
        if (tuning.HasAdapters && shape.Trainable is { } trainable)
        {
            var adapters = trainable.Sites.On(tuning.Targets, shape.Part).All.Matrices / shape.Layers;
            var conversions = setup.Precision.IsWide() || setup.Precision == Precision.Bf16Pure ? 0 : Conversions;
            kernels += adapters * ((AdapterForward + conversions) * (1 + repeated) + AdapterBackward + conversions) - Multiplies - Stores;
        }
        if (tuning.Quantises)
            kernels += Dequantisations * Multiplies * (2 + repeated);
        return kernels / (Usual + repeated * Forward);
    }
}
