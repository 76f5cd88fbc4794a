using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// Rotary positions (Su et al. 2021): x·cos + rotate(x)·sin with angles position · 10000^(−2i/h), the two halves of a head
/// paired as in Llama.
/// </summary>
internal sealed class Rotary
{
    private const double Base = 10000;
    private readonly Tensor _cosine;
    private readonly Tensor _sine;
    private readonly long _half;

    /// <summary>Builds the tables (sequence, head) in the compute type.</summary>
    public Rotary(BurstSpec spec, Device device)
    {
        using var scope = NewDisposeScope();
        _half = spec.HeadDim / 2;
        var type = spec.Precision == BurstPrecision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32;
        var exponents = arange(_half, dtype: ScalarType.Float32, device: device) * (-2.0 / spec.HeadDim);
        var angles = outer(arange(spec.SeqLen, dtype: ScalarType.Float32, device: device), pow(Base, exponents));
        var both = cat([angles, angles], -1);
        _cosine = both.cos().to(type).DetachFromDisposeScope();
        _sine = both.sin().to(type).DetachFromDisposeScope();
    }

    /// <summary>Turns (batch, heads, sequence, head).</summary>
    public Tensor Turn(Tensor x)
    {
        using var scope = NewDisposeScope();
        var rotated = cat([x.narrow(-1, _half, _half).neg(), x.narrow(-1, 0, _half)], -1);
        return (x * _cosine + rotated * _sine).MoveToOuterDisposeScope();
    }
}
