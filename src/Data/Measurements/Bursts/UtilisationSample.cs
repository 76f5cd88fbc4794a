namespace SlmPlanner.Data.Measurements.Bursts;

/// <summary>How busy the machine was during one short interval. What a source does not know stays null.</summary>
public sealed record UtilisationSample
{
    /// <summary>Seconds since the burst's process started.</summary>
    public required double TimeS { get; init; }

    /// <summary>Cores that the burst kept busy since the sample before.</summary>
    public double? BurstCores { get; init; }

    /// <summary>Cores that everything else kept busy.</summary>
    public double? OtherCores { get; init; }

    /// <summary>Cores that the host of a virtual machine gave to others ("steal").</summary>
    public double? StealCores { get; init; }

    /// <summary>Share of time in which some task of the machine waited for a core, 0 to 1 (Linux's pressure stall information).</summary>
    public double? CpuPressure { get; init; }

    /// <summary>Resident memory of the burst's process.</summary>
    public double? ResidentBytes { get; init; }

    /// <summary>Mean clock of the cores, where the host shows it.</summary>
    public double? CpuMhz { get; init; }

    /// <summary>Share of time in which the GPU ran a kernel, 0 to 1.</summary>
    public double? GpuBusy { get; init; }

    /// <summary>Memory in use on the GPU.</summary>
    public double? GpuMemoryBytes { get; init; }

    /// <summary>Clock of the GPU's multiprocessors.</summary>
    public double? GpuMhz { get; init; }

    /// <summary>Power that the GPU draws.</summary>
    public double? GpuWatts { get; init; }

    /// <summary>Temperature of the GPU.</summary>
    public double? GpuCelsius { get; init; }

    /// <summary>True when the driver reports a thermal or power slow-down.</summary>
    public bool? GpuThrottled { get; init; }

    /// <summary>The share of the burst's threads, or of the GPU, that was busy, 0 to 1; null where neither is known.</summary>
    /// <param name="threads">Threads of the burst, ≥ 1.</param>
    public double? Share(int threads) => GpuBusy ?? (BurstCores is { } cores ? Math.Clamp(cores / threads, 0, 1) : null);
}
