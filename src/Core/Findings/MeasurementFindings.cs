namespace SlmPlanner.Core.Findings;

/// <summary>The steps of a burst scatter.</summary>
/// <param name="AboveFastest">Median step over the fastest, minus one.</param>
public sealed record NoisySteps(double AboveFastest) : Finding(Severity.Warning, "noisy-steps");

/// <summary>The median step time is not known well.</summary>
/// <param name="RelativeHalfWidth">Half of the interval over the median.</param>
/// <param name="Steps">Steps measured.</param>
public sealed record WideInterval(double RelativeHalfWidth, int Steps) : Finding(Severity.Hint, "wide-interval");

/// <summary>Later steps took longer: the device heats up, or something else runs.</summary>
/// <param name="Longer">Median of the last third over that of the first, minus one.</param>
public sealed record SlowingDown(double Longer) : Finding(Severity.Warning, "slowing-down");

/// <summary>Other programs ran meanwhile.</summary>
/// <param name="OtherCores">Cores that they used on average.</param>
public sealed record MachineBusy(double OtherCores) : Finding(Severity.Warning, "machine-busy");

/// <summary>The driver slowed the device down for heat or power.</summary>
public sealed record GpuThrottled() : Finding(Severity.Warning, "gpu-throttled");

/// <summary>Memory and time come from the same run, under an allocator that costs some of either.</summary>
public sealed record MemoryAndTimeTogether() : Finding(Severity.Warning, "memory-and-time-together");

/// <summary>A device's rates fell against an earlier run.</summary>
/// <param name="Device">The device.</param>
/// <param name="Ratio">Median of its rates over those of the earlier run.</param>
/// <param name="EarlierRun">Number of that run.</param>
/// <param name="EarlierDay">Its day.</param>
public sealed record DeviceSlower(string Device, double Ratio, long EarlierRun, DateOnly EarlierDay)
    : Finding(Severity.Warning, "device-slower");

/// <summary>A machine is slower than others of its kind.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Device">Its device.</param>
/// <param name="Slower">By how much its rates are below the usual of its kind, as a share.</param>
/// <param name="Siblings">Other machines of the kind.</param>
/// <param name="Part">What of it is slow.</param>
public sealed record MachineOutlier(string Machine, string Device, double Slower, int Siblings, SlowPart Part)
    : Finding(Severity.Warning, "machine-outlier");

/// <summary>What of a machine is slow.</summary>
public enum SlowPart
{
    /// <summary>Multiplies: clocks, power or heat.</summary>
    Compute,

    /// <summary>Memory bandwidth.</summary>
    Memory,

    /// <summary>Both, or neither clearly.</summary>
    All,
}
