using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// What the forward pass keeps for the backward pass, in bytes per token: the count of Korthikanti et al. 2022
/// (section 4.1: 34 · d + 5 · a · s for a block with dropout, GELU and explicit softmax in 16 bits), term by term, so
/// that gated feed-forwards, grouped queries, FlashAttention and unfused kernels are counted as they are.
/// </summary>
internal sealed class ActivationBytes(TransformerShape shape, MemoryTraits traits, MemoryConstants constants)
{
    private readonly double _layers = shape.Layers;
    private readonly double _width = shape.DModel;
    private readonly double _query = (double)shape.Heads * shape.HeadDim;
    private readonly double _keyValue = (double)shape.KvHeads * shape.HeadDim;
    private readonly double _ffn = shape.DFfn;
    private readonly double _heads = shape.Heads;
    private readonly double _normsPerLayer = shape.NormsPerLayer;
    private readonly bool _gated = shape.FfnKind == FfnKind.Swiglu;
    private readonly bool _eagerNorms = shape.Norm == NormKind.RmsNorm && !traits.FusedNorms;
    private readonly bool _queryKeyNorm = shape.QkNorm != QkNormKind.None;

    /// <summary>Bytes per token of all blocks and the final norm.</summary>
    public double PerToken(in TrainingSetup setup, double compute)
    {
        var residual = Residual(setup, compute);
        var scores = Scores(setup, compute);
        var block = Block(setup, compute, residual);
        var kept = setup.Recomputation switch
        {
            Recomputation.Full => (_layers * residual * _width) + block + scores,
            Recomputation.Selective => (_layers * Math.Min(PerOperation(compute, residual), block)) + Math.Max(0, block - PerOperation(compute, residual)) + scores,
            Recomputation.Attention => (_layers * block) + scores,
            _ => _layers * (block + scores),
        };
        return kept + ((residual + compute) * _width);
    }

    /// <summary>
    /// Bytes per token of one block that torchtitan's policy per operation keeps: the block's input, query, value, fused attention's result,
    /// the gate's (without a gate the up) multiply, and with a gate the down multiply.
    /// </summary>
    private double PerOperation(double compute, double residual) =>
        (residual * _width) + compute * ((2 * _query) + _keyValue + _ffn + (_gated ? _width : 0));

    /// <summary>Bytes per token of one block, its scores included: what is left when its backward pass starts as the last one.</summary>
    public double OneBlockPerToken(in TrainingSetup setup, double compute) =>
        Block(setup, compute, Residual(setup, compute)) + Scores(setup, compute);

    private double Scores(in TrainingSetup setup, double compute) =>
        setup.Attention == AttentionKind.Vanilla ? _heads * setup.SeqLen * ScoreBytes(compute) : 0;

    /// <summary>Bytes per element of the residual stream: fp32 where autocast adds to fp32 embeddings.</summary>
    private double Residual(in TrainingSetup setup, double compute) =>
        StateBytes.IsMixed(setup.Precision) && !traits.SeparateMasterWeights && !traits.HalfResidual ? 4 : compute;

    /// <summary>One block without its scores: norms, projections' inputs, attention's operands, feed-forward, dropout masks.</summary>
    private double Block(in TrainingSetup setup, double compute, double residual)
    {
        var input = setup.Precision == Precision.Fp8Mixed ? 1 : compute;
        var attention = compute * (2 * _query + 2 * _keyValue);
        if (_queryKeyNorm && !setup.Compile)
            attention += compute * (_query + _keyValue);
        var dropout = traits.Dropout ? 2 * _width : 0;
        return (_normsPerLayer * Norm(setup.Compile, compute, residual, input)) + attention + FeedForward(setup.Compile, compute, input) + dropout;
    }

    /// <summary>A compiler saves a norm's input alone; a kernel its output too; written out it also saves fp32 and scaled copies.</summary>
    private double Norm(bool compile, double compute, double residual, double input) =>
        _width * (compile ? residual : _eagerNorms ? 4 + 2 * compute : residual + input);

    private double FeedForward(bool compile, double compute, double input)
    {
        if (_gated)
            return _ffn * (compile ? 2 * compute : (traits.FusedActivation ? 2 : 3) * compute + input);
        if (compile)
            return _ffn * compute;
        return _ffn * (traits.PointwiseGelu ? constants.PointwiseGeluTensors * compute : compute + input);
    }

    /// <summary>Per score: softmax in fp32 and its cast, or in the compute format; with dropout its mask and output.</summary>
    private double ScoreBytes(double compute)
    {
        var softmax = traits.HalfSoftmax || compute >= 4 ? compute : 4 + compute;
        return traits.Dropout ? softmax + 1 + compute : softmax;
    }
}
