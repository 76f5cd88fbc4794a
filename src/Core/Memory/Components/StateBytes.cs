using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Bytes per parameter that a recipe keeps, before sharding (Rajbhandari et al. 2020, ZeRO, section 3.1: 16 for mixed
/// precision, 12 of them optimizer states and master copy).
/// </summary>
/// <param name="Weights">Weights that the forward pass reads.</param>
/// <param name="Gradients">Accumulated gradients.</param>
/// <param name="Master">Separate fp32 copy of the weights.</param>
/// <param name="Moments">Adam's two moments.</param>
/// <param name="Compute">Bytes of one element of activations and gathered weights.</param>
internal readonly record struct StateBytes(double Weights, double Gradients, double Master, double Moments, double Compute)
{
    /// <summary>The recipe's bytes.</summary>
    /// <param name="precision">The recipe.</param>
    /// <param name="fullySharded">True under FSDP, whose fp32 shards are the master copy.</param>
    /// <param name="traits">The stack.</param>
    public static StateBytes Of(Precision precision, bool fullySharded, MemoryTraits traits)
    {
        var element = ElementBytes.Of(precision, fullySharded ? ShardedState.Parameters : ShardedState.None, traits.Widths);
        var master = IsMixed(precision) && element.Parameter < 4 ? 4 : 0;
        return new(element.Parameter, element.Gradient, master, precision == Precision.Bf16Pure ? 4 : 8, precision.IsWide() ? 4 : 2);
    }

    /// <summary>True when the recipe multiplies in 16 (or 8) bits and keeps fp32 states.</summary>
    public static bool IsMixed(Precision precision) =>
        precision is Precision.Bf16Mixed or Precision.Fp16Mixed || precision.IsNarrow();
}
