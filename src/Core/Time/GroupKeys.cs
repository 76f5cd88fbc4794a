using System.Text.Json.Serialization;

using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;


/// <summary>Which groups a configuration belongs to; null where it belongs to none or it is not known.</summary>
public sealed record GroupKeys
{
    /// <summary>Kernel style.</summary>
    public string? Kernels { get; init; }

    /// <summary>True where a row without a known kernel style says that no compiler was used.</summary>
    public bool Uncompiled { get; init; }

    /// <summary>Style of block, gated or plain.</summary>
    public string? Block { get; init; }

    /// <summary>Kernel style and style of block: what a framework's single operations move depends on how a block is written.</summary>
    [JsonIgnore]
    public string? BlockStyle => Kernels is null || Block is null ? null : $"{Kernels} {Block}";

    /// <summary>Stack family.</summary>
    public string? Family { get; init; }

    /// <summary>Stack.</summary>
    public string? Stack { get; init; }

    /// <summary>Publication; null for a run of one's own, which is a new one.</summary>
    public string? Source { get; init; }

    /// <summary>Compute capability.</summary>
    public string? Architecture { get; init; }

    /// <summary>Device.</summary>
    public string? Device { get; init; }

    /// <summary>Calibrated machine without a datasheet.</summary>
    public string? Machine { get; init; }

    /// <summary>Machine and precision.</summary>
    public string? MachinePrecision { get; init; }

    /// <summary>Machine and style of block.</summary>
    public string? MachineBlock { get; init; }

    /// <summary>Calibrated machine without a datasheet, when several ranks train on it.</summary>
    public string? MachineRanks { get; init; }

    /// <summary>The same and the sharding scheme.</summary>
    public string? MachineScheme { get; init; }

    /// <summary>Burst, or race of several schemes; null for everything that is predicted rather than fitted.</summary>
    public string? Moment { get; init; }

    /// <summary>Attention kernel.</summary>
    public string? AttentionKernel { get; init; }

    /// <summary>Mixed or pure.</summary>
    public string? Recipe { get; init; }

    /// <summary>Sharding scheme.</summary>
    public string? Parallelism { get; init; }

    /// <summary>The stack whose runs share the model among ranks; null for a run that does not.</summary>
    public string? Split { get; init; }

    /// <summary>The value at a level; the empty text for the population.</summary>
    public string? At(GroupLevel level) => level switch
    {
        GroupLevel.Population => "",
        GroupLevel.Kernels => Kernels,
        GroupLevel.BlockStyle => BlockStyle,
        GroupLevel.Family => Family,
        GroupLevel.Stack => Stack,
        GroupLevel.Source => Source,
        GroupLevel.Architecture => Architecture,
        GroupLevel.Device => Device,
        GroupLevel.Machine => Machine,
        GroupLevel.MachinePrecision => MachinePrecision,
        GroupLevel.MachineBlock => MachineBlock,
        GroupLevel.MachineRanks => MachineRanks,
        GroupLevel.MachineScheme => MachineScheme,
        GroupLevel.Moment => Moment,
        GroupLevel.AttentionKernel => AttentionKernel,
        GroupLevel.Recipe => Recipe,
        GroupLevel.Parallelism => Parallelism,
        GroupLevel.Split => Split,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
