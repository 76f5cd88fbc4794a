using SlmPlanner.Core.Numerics;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>
/// Exchanges of ranks that share each multiply. They lie on the way of the next multiply, so they are waited for.
/// </summary>
internal sealed class TensorTerm : StepTerm
{
    /// <summary>The largest share of a block's multiplies beside which the second gathers of sequence parallelism run.</summary>
    private const double Beside = 1.0 / 3;

    /// <inheritdoc/>
    public override string Key => "tensor_parallel";

    /// <inheritdoc/>
    public override string Formula =>
        "g · `TensorTraffic` · (4L + 2 all-reduces of m·d·e among T ranks, under sequence parallelism as many reduce-scatters and "
        + "all-gathers, and what of 2L "
        + "gathers exceeds a third of the multiplies); adapters add an all-reduce of m·r·e for each matrix, beside rows in each forward "
        + "pass";

    /// <inheritdoc/>
    public override string Source => "Shoeybi et al. 2019, 3; Korthikanti et al. 2022, 4.2.2";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.TensorTraffic, 1, 0.5, [new(L.Stack, 0.4)]) { OfSplits = true },
    ];

    /// <inheritdoc/>
    public override bool IsOf(in TrainingSetup setup) => setup.Mesh.Tensor > 1;

    internal override double Seconds(ref StepContext step)
    {
        if (step.Setup.Mesh.Tensor == 1)
            return 0;
        var messages = step.ModelMessages();
        var window = Beside * StepContext.ForwardAndBackward * step.MatmulForward;
        var shown = SmoothMaximum.OfSixthPowers(window, messages.TensorBeside) - window;
        return step.EveryExchange(
            step[C.TensorTraffic] * (messages.Tensor + shown),
            step.Trained.Passes(step.Setup.Recomputation == Recomputation.Full ? 2 : 1));
    }
}
