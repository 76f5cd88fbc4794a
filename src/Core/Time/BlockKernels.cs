using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>
/// Kernels that the calibrator's training starts for one block of one micro-batch, forward and backward: what the host works for.
/// Counted in <c>src/Calibrator/Bursts</c>; views are left out.
/// </summary>
internal static class BlockKernels
{
    /// <summary>Forward, backward by the input, backward by the weight or the other operand.</summary>
    private const double Passes = 3;

    /// <summary>
    /// RMSNorm written out twice, rotary positions, silu and its product, residuals, five multiplies, fused attention, one copy.
    /// </summary>
    private const double Gated = 28;

    /// <summary>LayerNorm in one kernel twice, gelu, residuals, four multiplies, fused attention, one copy.</summary>
    private const double Plain = 11;

    /// <summary>Scale, scores, mask, softmax and weighting in place of one fused kernel.</summary>
    private const double Vanilla = 4;

    /// <summary>Keys and values are each copied to their groups.</summary>
    private const double Grouped = 2;

    /// <summary>Parameters, of which each gradient is stored by a kernel of its own.</summary>
    private const double GatedParameters = 7, PlainParameters = 12;

    /// <summary>Gradients of four biases are sums.</summary>
    private const double PlainSums = 4;

    /// <summary>RMSNorm widens its input and narrows its output.</summary>
    private const double GatedConversions = 4;

    /// <summary>Three multiplies, silu and its product; two multiplies and gelu: what experts have each.</summary>
    private const double GatedNetwork = 5, PlainNetwork = 3;

    /// <summary>Parameters of such a network.</summary>
    private const double GatedNetworkParameters = 3, PlainNetworkParameters = 4;

    /// <summary>
    /// The router's multiply, softmax, the best k, their sum and its division, rows out, rows together, their weights, a product, a sum
    /// back. The router is one more parameter.
    /// </summary>
    private const double Routing = 10;

    /// <summary>What is counted as one: a gated block in fp32 with fused attention.</summary>
    private const double Usual = Passes * Gated + GatedParameters;

    /// <summary>Kernels over those of a gated block in fp32 with fused attention.</summary>
    /// <param name="shape">Style of block, heads, experts.</param>
    /// <param name="setup">Precision and attention.</param>
    public static double Share(in ShapeCosts shape, in TrainingSetup setup)
    {
        var isGated = shape.FfnInputs > 1;
        var (routing, networks) = shape.Mixed is { ExpertBlocks: > 0 } mixed
            ? (mixed.ExpertBlocks / shape.Layers, (mixed.ExpertNetworks - mixed.ExpertBlocks) / shape.Layers) : (0, 0);
        var parameters = (isGated ? GatedParameters : PlainParameters)
            + networks * (isGated ? GatedNetworkParameters : PlainNetworkParameters) + routing;
        var kernels = (isGated ? Gated : Plain)
            + (setup.Attention == AttentionKind.Vanilla ? Vanilla : 0)
            + (shape.KvWidth < shape.QueryWidth ? Grouped : 0)
            + routing * Routing + networks * (isGated ? GatedNetwork : PlainNetwork);
        var conversions = setup.Precision.IsWide() ? 0 : 2 * (parameters + (isGated ? GatedConversions : 0));
        return (Passes * kernels + parameters + (isGated ? 0 : PlainSums) + conversions) / Usual;
    }
}
