using SlmPlanner.Core.Fitting;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>The output head and the loss over the vocabulary.</summary>
internal sealed class LogitsTerm : StepTerm
{
    private const double ElementBytes = 2;

    /// <inheritdoc/>
    public override string Key => "logits";

    /// <inheritdoc/>
    public override string Formula =>
        "g · (3 (2 where it is frozen) · `HeadMatmul` · multiply(m, d, V) + `LogitPasses`·2·m·V/bandwidth); V padded to 128 where the "
        + "stack does that, divided by T";

    /// <inheritdoc/>
    public override string Source => "bytes counted in the cross entropies of the Hugging Face models and of fused kernels";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.LogitPasses, 10, 0.85, [new(L.Kernels, 0.59), new(L.Stack, 0.15), new(L.Recipe, 0.2), new(L.Machine, 1.5),
            new(L.MachinePrecision, 0.7)])
        {
            Start = (level, key) => (level, key) switch { (L.Kernels, "eager") => 0.5, (L.Kernels, "compiled" or "xla" or "native") => -0.3,
                _ => 0 },
        },
        new(C.HeadMatmul, 1, 0.55, [new(L.Stack, 0.42), new(L.Machine, 0.3), new(L.Split, 0.4)]),
    ];

    internal override double Seconds(ref StepContext step)
    {
        step.HeadSeconds = (
            step.Trained.HeadPasses * step[C.HeadMatmul] * step.Head.Seconds(step.Tokens, step.Shape.HeadWidth, step.Shape.HeadVocab)
            + step[C.LogitPasses] * ElementBytes * step.Tokens * step.Shape.HeadVocab / step.Device.BandwidthBytes)
            / step.Setup.Mesh.Pipeline;
        return step.EveryMicroBatch(step.HeadSeconds);
    }
}
