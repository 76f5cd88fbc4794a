namespace SlmPlanner.Data.Measurements.Bursts;

/// <summary>How a burst ended.</summary>
public enum BurstStatus
{
    /// <summary>Measured.</summary>
    Ok,

    /// <summary>It needs more memory than the machine can give; that is a result too.</summary>
    OutOfMemory,

    /// <summary>It broke; the message says how.</summary>
    Failed,
}
