using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>A property by which measurements are grouped; a coefficient may deviate for each of its values.</summary>
public enum GroupLevel
{
    /// <summary>The population: one value for all.</summary>
    Population,

    /// <summary>Kernel style of the stack: eager, fused, compiled.</summary>
    Kernels,

    /// <summary>Kernel style and style of block: eager gated, fused plain and so on.</summary>
    BlockStyle,

    /// <summary>Family of software stacks.</summary>
    Family,

    /// <summary>One software stack.</summary>
    Stack,

    /// <summary>One publication.</summary>
    Source,

    /// <summary>Compute capability of the device.</summary>
    Architecture,

    /// <summary>One device.</summary>
    Device,

    /// <summary>A calibrated machine without a datasheet.</summary>
    Machine,

    /// <summary>One precision of a calibrated machine without a datasheet.</summary>
    MachinePrecision,

    /// <summary>One style of block, gated or plain, on a calibrated machine without a datasheet.</summary>
    MachineBlock,

    /// <summary>A calibrated machine without a datasheet when several ranks train on it: they share its memory and caches.</summary>
    MachineRanks,

    /// <summary>One sharding scheme on several ranks of a calibrated machine.</summary>
    MachineScheme,

    /// <summary>One burst of a calibration, or one race of several schemes: the pace that its minute had.</summary>
    Moment,

    /// <summary>The attention kernel by name.</summary>
    AttentionKernel,

    /// <summary>Mixed or pure 16-bit.</summary>
    Recipe,

    /// <summary>Sharding scheme.</summary>
    Parallelism,

    /// <summary>One software stack's runs that share the model among ranks.</summary>
    Split,
}

/// <summary>What is common to levels.</summary>
internal static class GroupLevels
{
    /// <summary>True where a configuration without a value belongs to no group; elsewhere it belongs to one that is not known.</summary>
    public static bool MayBeAbsent(GroupLevel level) => level
        is GroupLevel.BlockStyle or GroupLevel.Machine or GroupLevel.MachinePrecision or GroupLevel.MachineBlock or GroupLevel.MachineRanks
        or GroupLevel.MachineScheme or GroupLevel.Moment or GroupLevel.AttentionKernel or GroupLevel.Recipe or GroupLevel.Parallelism
        or GroupLevel.Split;
}
