namespace SlmPlanner.Calibrator.Measurement;

/// <summary>How a burst ended.</summary>
internal enum BurstStatus
{
    /// <summary>Measured.</summary>
    Ok,

    /// <summary>It needs more memory than the machine can give; that is a result too.</summary>
    OutOfMemory,

    /// <summary>It broke; the message says how.</summary>
    Failed,
}
