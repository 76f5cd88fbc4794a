using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>The output head and the loss over the vocabulary.</summary>
internal sealed class LogitsTerm : StepTerm
{
    private const double ElementBytes = 2;

    /// <summary>
    /// Times that the head's gradient crosses memory for each chunk beside the product that makes it: read by a product that adds to it
    /// (Liger Kernel, <c>torch.addmm</c>), or two read and a sum written by a framework that adds afterwards.
    /// </summary>
    private const double AddedInMultiply = 1, AddedApart = 3;

    /// <inheritdoc/>
    public override string Key => "logits";

    /// <inheritdoc/>
    public override string Formula =>
        "g · (3 (2 where it is frozen) · `HeadMatmul` · multiply(m, d, V) + `LogitPasses`·2·m·V/bandwidth); V padded to 128 where the "
        + "stack does that, divided by T; of a loss in c chunks c · multiply(m/c, d, V), c times `OperandTraffic`·d·V·e/bandwidth for the "
        + "gradient of a trained head that each adds to, and where chunks are computed again one multiply more and three times that "
        + "traffic";

    /// <inheritdoc/>
    public override string Source => "bytes counted in the cross entropies of the Hugging Face models and of fused kernels; chunks as "
        + "Hsu et al. 2024 (Liger Kernel), 3.2, has them";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.LogitPasses, 10, 0.51, [new(L.Kernels, 0.37), new(L.Stack, 0.15), new(L.Recipe, 0.15), new(L.Machine, 1.5),
            new(L.MachinePrecision, 0.7)])
        {
            Start = (level, key) => (level, key) switch { (L.Kernels, "eager") => 0.5, (L.Kernels, "compiled" or "xla" or "native") => -0.3,
                _ => 0 },
        },
        new(C.HeadMatmul, 1, 0.19, [new(L.Stack, 0.57), new(L.Machine, 0.3), new(L.Split, 0.4)]),
    ];

    internal override double Seconds(ref StepContext step)
    {
        step.HeadSeconds = (MultiplySeconds(ref step)
            + step[C.LogitPasses] * ElementBytes * step.Tokens * step.Shape.HeadVocab / step.Device.BandwidthBytes)
            / step.Setup.Mesh.Pipeline;
        return step.EveryMicroBatch(step.HeadSeconds);
    }

    private static double MultiplySeconds(ref StepContext step)
    {
        var (loss, width, vocab) = (step.Setup.Loss, step.Shape.HeadWidth, step.Shape.HeadVocab);
        if (loss.IsWhole)
            return step.Trained.HeadPasses * step[C.HeadMatmul] * step.Head.Seconds(step.Tokens, width, vocab);
        var chunks = loss.Count(step.Tokens, vocab, width);
        var (again, crossings) = loss.Form == LossForm.Chunked ? (1, AddedApart) : (0, AddedInMultiply);
        var passes = step.Trained.HeadPasses + again;
        var added = step.Setup.Tuning.Freezes ? 0
            : crossings * step[C.OperandTraffic] * width * vocab * step.Device.ElementBytes / step.Device.BandwidthBytes;
        return chunks * (passes * step[C.HeadMatmul] * step.Head.Seconds(step.Tokens / chunks, width, vocab) + added);
    }
}
