using SlmPlanner.Core.Findings;

namespace SlmPlanner.Data.History;

/// <summary>One machine among those of its device kind, by the calibrations in a history.</summary>
/// <param name="Device">The device's name in profiles.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Runs">Its calibrations, ≥ 1.</param>
/// <param name="Latest">When the latest ended.</param>
/// <param name="Siblings">Other machines of the device.</param>
/// <param name="Speed">Median ratio of its latest rates to the median of all its kind, siblings and itself; null without siblings.</param>
/// <param name="ComputeSpeed">The same of its multiplies alone.</param>
/// <param name="MemorySpeed">The same of its memory bandwidth.</param>
/// <param name="Drift">Median ratio of its latest rates to its first ones, less one; null with one run.</param>
/// <param name="HeldOutError">Error of its latest calibration, as a share; null where nothing was held out.</param>
public sealed record MachineStanding(
    string Device, string Machine, int Runs, DateTimeOffset Latest, int Siblings, double? Speed, double? ComputeSpeed, double? MemorySpeed,
    double? Drift, double? HeldOutError)
{
    /// <summary>Machines of a kind from which on one of them can stand out: with two nobody knows which of them is unusual.</summary>
    private const int FewestSiblings = 2;

    /// <summary>Share below its kind from which on a machine stands out: two calibrations of one machine differ by less.</summary>
    private const double OutlyingShare = 0.05;

    /// <summary>True when it is clearly slower than its siblings.</summary>
    private bool IsSlowOutlier => Siblings >= FewestSiblings && Speed < 1 - OutlyingShare;

    /// <summary>The warning about it; null where it does not stand out.</summary>
    public MachineOutlier? Warning => IsSlowOutlier ? new(Machine, Device, 1 - Speed!.Value, Siblings, Part) : null;

    /// <summary>Where it loses: what both its multiplies and its memory lose lies in what they share.</summary>
    private SlowPart Part => (ComputeSpeed < 1 - OutlyingShare, MemorySpeed < 1 - OutlyingShare) switch
    {
        (true, false) => SlowPart.Compute,
        (false, true) => SlowPart.Memory,
        _ => SlowPart.All,
    };
}
