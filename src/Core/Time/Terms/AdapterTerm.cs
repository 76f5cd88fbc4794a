using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>
/// What fine-tuning beside frozen weights adds: the adapters' own multiplies and copies, and turning frozen weights of few bits into those
/// that are multiplied.
/// </summary>
internal sealed class AdapterTerm : StepTerm
{
    /// <summary>
    /// Bytes of 16-bit elements that an adapter moves beside its multiplies, for each input and each result, as peft's
    /// <c>lora.Linear.forward</c> works (recalled): the result is scaled (one read, one written) and added to the base's (two read, one
    /// written); backward its gradient is scaled, and the input's is added to the base's.
    /// </summary>
    private const double ResultForward = 10, InputBackward = 6, ResultBackward = 4;

    /// <summary>Mixed precision copies the input to fp32 and autocast that to 16 bits; backward the same for its gradient.</summary>
    private const double Conversions = 12;

    private const double HalfElement = 2;

    private const int Alignment = 8;

    /// <inheritdoc/>
    public override string Key => "adapters";

    /// <inheritdoc/>
    public override string Formula =>
        "g · (3 · adapters' multiplies (m×k)(k×r), (m×r)(r×n), 4 recomputed; `AdapterTraffic`·(m·(30·k + 14·n) + dequantised "
        + "weights·(kept + e bytes)·2)/bandwidth); "
        + "6·k without conversions; 12·k + 10·n and one dequantisation more where blocks are recomputed; of T ranks each has n/T beside "
        + "columns and k/T beside rows";

    /// <inheritdoc/>
    public override string Source =>
        "Hu et al. 2021 (LoRA), 4.1; Dettmers et al. 2023 (QLoRA), equation 5: each use of a weight dequantises it; bytes counted in "
        + "peft and bitsandbytes, recalled";

    /// <summary>
    /// The bytes are counted as if each kernel read and wrote them once. 58 published runs with adapters (fms-acceleration, torchtune) were
    /// looked at and not fitted; a factor of 1.6 either way is believed.
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } = [new(C.AdapterTraffic, 1, 0.5, [new(L.Stack, 0.3)])];

    /// <inheritdoc/>
    public override bool IsOf(in TrainingSetup setup) => setup.Tuning.HasAdapters || setup.Tuning.Quantises;

    internal override double Seconds(ref StepContext step)
    {
        if (!IsOf(step.Setup))
            return 0;
        var again = step.Setup.Recomputation is Recomputation.Full or Recomputation.Selective ? 1 : 0;
        var sum = step.Setup.Tuning.HasAdapters && step.Shape.Trainable is { } trainable
            ? trainable.Sites.On(step.Setup.Tuning.Targets, step.Shape.Part).Worked(step.Setup.Mesh.Expert, step.Setup.ExpertLoad)
            : default;
        var bytes = step.Tokens * Moved(step, sum, again) + Dequantised(step, again);
        return step.EveryMicroBatch(
            (StepContext.ForwardAndBackward + again) * step.Block.Seconds(step.Tokens, Multiplies(sum, step.Setup.Tuning.Rank))
            + step[C.AdapterTraffic] * bytes / step.Device.BandwidthBytes);
    }

    /// <summary>The two multiplies of each adapter; the rank is their narrow side.</summary>
    private static MatmulSums Multiplies(in AdapterSum sum, double rank)
    {
        var (sides, isAligned) = (2 * (sum.Inputs + sum.Outputs), rank % Alignment == 0);
        return new()
        {
            Products = isAligned ? sides * rank : 0,
            NarrowProducts = isAligned ? sides : 0,
            MisalignedProducts = isAligned ? 0 : sides * rank,
            MisalignedNarrowProducts = isAligned ? 0 : sides,
            Sides = sum.Inputs + sum.Outputs + 2 * rank * sum.Matrices,
            Weights = rank * sum.Sides,
        };
    }

    /// <summary>Bytes for each token.</summary>
    private static double Moved(in StepContext step, in AdapterSum sum, double again)
    {
        var element = step.Device.ElementBytes / HalfElement;
        var conversions = step.Setup.Compile || step.Setup.Precision.IsWide() || step.Device.IsPure ? 0 : Conversions;
        return element * (
            sum.Inputs * (conversions * (2 + again) + InputBackward) + sum.Outputs * (ResultForward * (1 + again) + ResultBackward));
    }

    /// <summary>
    /// Bytes for each micro-batch: forward, for the gradients of inputs, and once more where the forward pass is repeated. Of experts that
    /// ranks share each has its own.
    /// </summary>
    private static double Dequantised(in StepContext step, double again) => !step.Setup.Tuning.Quantises ? 0
        : (2 + again) * step.Shape.Layers * (step.Shape.BlockParameters - step.Shape.BlockExperts * (1 - 1.0 / step.Setup.Mesh.Expert))
            * (step.Setup.Tuning.FrozenBytes + step.Device.ElementBytes);
}
