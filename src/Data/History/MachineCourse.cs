namespace SlmPlanner.Data.History;

/// <summary>How fast a machine was at each of its calibrations.</summary>
/// <param name="Device">The device's name in profiles.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Points">Its calibrations, oldest first, ≥ 1.</param>
public sealed record MachineCourse(string Device, string Machine, IReadOnlyList<MachineSpeed> Points);

/// <summary>One calibration of a machine beside its kind.</summary>
/// <param name="Run">Number of the run.</param>
/// <param name="At">When it ended.</param>
/// <param name="Speed">Median ratio of its rates to the median of all its kind's latest, above 0.</param>
public sealed record MachineSpeed(long Run, DateTimeOffset At, double Speed);
