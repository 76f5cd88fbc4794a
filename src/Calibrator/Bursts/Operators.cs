using SlmPlanner.Calibrator.Loading;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>ATen operators that TorchSharp does not expose.</summary>
internal static class Operators
{
    /// <summary>Rows of a table by index: <c>aten::embedding</c>.</summary>
    public static Tensor Embedding(Tensor table, Tensor indices) => Dispatcher.Tensor(
        "aten::embedding", "", Dispatcher.Word(table), Dispatcher.Word(indices),
        Dispatcher.Word(-1L), Dispatcher.Word(false), Dispatcher.Word(false));

    /// <summary>
    /// The kernel that scaled_dot_product_attention would run, causal without a mask (<c>aten::_fused_sdp_choice</c>):
    /// 0 math, 1 flash, 2 memory-efficient, 3 cuDNN, −1 none allowed.
    /// </summary>
    public static long FusedAttentionChoice(Tensor query, Tensor key, Tensor value, Tensor? mask = null) => Dispatcher.Integer(
        "aten::_fused_sdp_choice", "", Dispatcher.Word(query), Dispatcher.Word(key), Dispatcher.Word(value),
        Dispatcher.Optional(mask), Dispatcher.Word(0.0), Dispatcher.Word(mask is null), Dispatcher.None, Dispatcher.Word(false));

    /// <summary>One fused AdamW update of many tensors in place: <c>aten::_fused_adamw_</c>.</summary>
    public static void FusedAdamW(
        IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor> gradients, IReadOnlyList<Tensor> firstMoments,
        IReadOnlyList<Tensor> secondMoments, IReadOnlyList<Tensor> steps, AdamWSettings settings) => Dispatcher.Invoke(
        "aten::_fused_adamw_", "", Dispatcher.Word(parameters), Dispatcher.Word(gradients), Dispatcher.Word(firstMoments),
        Dispatcher.Word(secondMoments), Dispatcher.Word([]), Dispatcher.Word(steps),
        Dispatcher.Word(settings.LearningRate), Dispatcher.Word(settings.Beta1), Dispatcher.Word(settings.Beta2),
        Dispatcher.Word(settings.WeightDecay), Dispatcher.Word(settings.Epsilon),
        Dispatcher.Word(false), Dispatcher.Word(false), Dispatcher.None, Dispatcher.None);
}
