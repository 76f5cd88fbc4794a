using SlmPlanner.Core.Measurements;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>The device's context and libraries, and the collectives' buffers with more than one rank; both fitted.</summary>
internal sealed class FrameworkContext : MemoryComponent
{
    public override string Key => "context";

    public override MemoryPart Part => MemoryPart.Overhead;

    public override MemoryKind CountsFrom => MemoryKind.Device;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.Constants.ContextBytes + (step.Setup.Gpus > 1 ? step.Constants.CollectiveBytes : 0);
}

/// <summary>
/// What the caching allocator holds beyond live tensors: a fitted share of the bytes that come and go. A compiler plans its buffers, so
/// no slack there.
/// </summary>
internal sealed class AllocatorSlack : MemoryComponent
{
    public override string Key => "allocator_slack";

    public override MemoryPart Part => MemoryPart.Overhead;

    public override MemoryKind CountsFrom => MemoryKind.Reserved;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Setup.Compile
        ? 0
        : step.Constants.Slack * (StepMemory.ComesAndGoes(before) + before[MemoryComponents.Learned]);
}
