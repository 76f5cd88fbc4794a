using SlmPlanner.Core.Measurements;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>One component of the peak: its key for people and files, the part of a plan it belongs to, and its formula.</summary>
internal abstract class MemoryComponent
{
    /// <summary>Place in <see cref="MemoryComponents.All"/>.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Its name in snake_case.</summary>
    public abstract string Key { get; }

    /// <summary>The part of a plan that it is listed under.</summary>
    public abstract MemoryPart Part { get; }

    /// <summary>The first kind of peak that counts it.</summary>
    public virtual MemoryKind CountsFrom => MemoryKind.Allocated;

    /// <summary>Bytes on one device at the peak, ≥ 0.</summary>
    /// <param name="step">The step.</param>
    /// <param name="before">The components computed before this one; the rest are 0.</param>
    public abstract double Bytes(in StepMemory step, in MemoryBreakdown before);
}
