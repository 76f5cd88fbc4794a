using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Gradients at the peak, 2·N or 4·N divided by the ranks of ZeRO's second stage (Rajbhandari et al. 2020, section 3.1). Kept between
/// micro-batches they are all there. Otherwise they grow while activations are freed, both nearly linearly in the depth, so that only
/// what outgrows what is freed adds to the peak.
/// </summary>
internal sealed class Gradients : MemoryComponent
{
    public override string Key => "gradients";

    public override MemoryPart Part => MemoryPart.Gradients;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before)
    {
        var all = Whole(step);
        return Persist(step) ? all : Math.Max(0, all - step.Freed(before));
    }

    /// <summary>Bytes of all gradients of a rank.</summary>
    public double Whole(in StepMemory step) => step.OnDevice * step.Bytes.Gradients
        * (step.Setup.Optimizer.InBackward ? Math.Min(step.Trained, step.Shape.LargestUnit) : step.TrainedOver(step.Setup.GradientRanks))
        / step.Setup.GradientRanks;

    /// <summary>
    /// Bytes that are still there between two steps: all of them where they stay allocated. DeepSpeed lets go of each when it is cast
    /// (<c>stage_1_and_2.py</c>, <c>step</c>: <c>averaged_gradients</c> is emptied).
    /// </summary>
    public double BetweenSteps(in StepMemory step) => step.Setup.KeepsGradients
        || (step.Traits.PersistentGradients && !step.Traits.WideGradientsInStep && !step.Setup.Optimizer.InBackward)
        ? Whole(step) : 0;

    /// <summary>True when they are alive throughout the step.</summary>
    public bool Persist(in StepMemory step) => step.Traits.PersistentGradients || step.Setup.KeepsGradients || step.Setup.GradAccum > 1;
}

/// <summary>
/// Where 16-bit gradients are added to fp32 ones: the 16-bit ones, 2·N unless ZeRO's copy holds them already, and those of the table of
/// words, the largest parameter, once widened and once more in the sum of its two uses, 8·V·d (seen in the peaks of nanotron's grid without
/// tensor parallelism).
/// </summary>
internal sealed class NarrowGradients : MemoryComponent
{
    private const double Narrow = 2, Table = 8;

    public override string Key => "narrow_gradients";

    public override MemoryPart Part => MemoryPart.Gradients;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Traits.AddsNarrowGradients
        && step.Bytes.Gradients > Narrow && step.Trained > 0
        ? (Table * step.Shape.TableParameters) + (step.Sharded == ShardedState.None ? Narrow * step.Shape.LocalParameters : 0)
        : 0;
}
