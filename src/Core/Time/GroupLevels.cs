using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;


/// <summary>What is common to levels.</summary>
internal static class GroupLevels
{
    /// <summary>True where a configuration without a value belongs to no group; elsewhere it belongs to one that is not known.</summary>
    public static bool MayBeAbsent(GroupLevel level) => level
        is GroupLevel.Source or GroupLevel.Machine or GroupLevel.MachinePrecision or GroupLevel.MachineBlock or GroupLevel.MachineRanks
        or GroupLevel.MachineScheme or GroupLevel.Moment or GroupLevel.AttentionKernel or GroupLevel.Recipe or GroupLevel.Parallelism;
}
