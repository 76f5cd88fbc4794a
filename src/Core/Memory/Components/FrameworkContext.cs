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
