using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>What a calibrated machine's own training code keeps in memory, in place of a stack's traits and of the published constants.</summary>
/// <param name="Traits">What the code does.</param>
/// <param name="Constants">Context and slack, as measured on the machine.</param>
public sealed record MachineMemory(MemoryTraits Traits, MemoryConstants Constants)
{
    /// <summary>The memory model of a shape on this machine.</summary>
    public MemoryModel Of(TransformerShape shape) => new(shape, Traits, Constants);
}
