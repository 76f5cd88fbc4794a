using SlmPlanner.Core.Measurements;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// The device's context and libraries, and the collectives' buffers; both fitted. NCCL sets buffers apart for each communicator (NCCL user
/// guide, "Creating a communicator"; <c>NCCL_BUFFSIZE</c>), and a run has one for each axis of its mesh.
/// </summary>
internal sealed class FrameworkContext : MemoryComponent
{
    public override string Key => "context";

    public override MemoryPart Part => MemoryPart.Overhead;

    public override MemoryKind CountsFrom => MemoryKind.Device;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) =>
        step.Constants.ContextBytes + (step.Setup.Mesh.Communicators * step.Constants.CollectiveBytes);
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

    public override double Bytes(in StepMemory step, in MemoryBreakdown before) => step.Compiles
        ? 0
        : step.Constants.Slack * (StepMemory.ComesAndGoes(before) + before[MemoryComponents.Learned]);
}
