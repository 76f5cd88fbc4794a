using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// softmax(QKᵀ/√h + mask)V in one of two ways. Flash: libtorch's scaled_dot_product_attention, whose math fallback
/// <see cref="TorchRuntime"/> has switched off, after asking libtorch which kernel it will run (<c>aten::_fused_sdp_choice</c>); over a
/// window in pieces (<see cref="WindowPieces"/>). Vanilla: the scores written out and masked.
/// libtorch's math kernel is never used as vanilla: its peak memory is about half.
/// </summary>
internal sealed class AttentionScores
{
    private readonly bool _flash;
    private readonly double _scale;
    private readonly Tensor? _mask;
    private readonly WindowPieces? _pieces;

    /// <summary>Chooses the kernel, and builds the mask of vanilla attention or of a window's pieces.</summary>
    /// <param name="kind">Fused or written out.</param>
    /// <param name="precision">The format of queries.</param>
    /// <param name="length">Tokens of a sequence.</param>
    /// <param name="headDim">Width of a head.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="window">Tokens that a token sees at most; null, or as many as a sequence has, for all before it.</param>
    public AttentionScores(AttentionKind kind, BurstPrecision precision, int length, int headDim, Device device, int? window = null)
    {
        _flash = kind == AttentionKind.Flash;
        _scale = 1 / Math.Sqrt(headDim);
        var type = precision == BurstPrecision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32;
        var seen = window < length ? window : null;
        if (!_flash)
            _mask = WindowMask.Of(length, length, seen ?? length, type, device);
        else if (seen is { } tokens)
            _pieces = new(tokens, type, device);
    }

    /// <summary>The kernel that libtorch chose; null for vanilla and before the first call.</summary>
    public string? Kernel { get; private set; }

    /// <summary>Queries, keys and values, each (batch, heads, sequence, head), to mixed values of the same shape.</summary>
    public Tensor Forward(Tensor query, Tensor key, Tensor value)
    {
        if (!_flash)
            return Vanilla(query, key, value);
        if (_pieces is not null)
            return _pieces.Forward(query, key, value, Fused);
        return Fused(query, key, value, null);
    }

    private Tensor Fused(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        Kernel ??= Choose(query, key, value, mask);
        return scaled_dot_product_attention(query, key, value, mask, is_casual: mask is null);
    }

    private Tensor Vanilla(Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        var weights = Weights(query, key);
        return matmul(weights, value).MoveToOuterDisposeScope();
    }

    private Tensor Weights(Tensor query, Tensor key)
    {
        using var scope = NewDisposeScope();
        var scores = matmul(query * _scale, key.transpose(-2, -1)).add_(_mask!);
        return softmax(scores, -1).MoveToOuterDisposeScope();
    }

    private static string Choose(Tensor query, Tensor key, Tensor value, Tensor? mask) =>
        Operators.FusedAttentionChoice(query, key, value, mask) switch
        {
            1 => "flash",
            var other => throw new InputException(
                $"attention flash can't run here: for {query.dtype} heads of {query.shape[^1]} libtorch chose kernel {other} (0 math, 2 "
                + $"memory-efficient, 3 cuDNN)"),
        };
}
