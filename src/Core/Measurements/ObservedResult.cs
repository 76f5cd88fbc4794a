using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Measurements;

/// <summary>A measured speed: a rate, and the step times behind it where they were kept.</summary>
/// <param name="TokensPerSecondPerGpu">Tokens per second and device.</param>
/// <param name="StepSeconds">Median seconds of one optimizer step.</param>
/// <param name="LogError">Standard error of the logarithm of that median.</param>
/// <param name="Steps">Steps measured.</param>
/// <param name="SeriesSeconds">Seconds of each measured step in order.</param>
public sealed record ObservedSpeed(
    double TokensPerSecondPerGpu,
    double? StepSeconds = null,
    double? LogError = null,
    int? Steps = null,
    IReadOnlyList<double>? SeriesSeconds = null);

/// <summary>What was reported of a device's memory: a peak, whether the run fitted, or both.</summary>
/// <param name="PeakGib">Peak of one device in GiB (2^30 bytes).</param>
/// <param name="Kind">What the peak counts.</param>
/// <param name="Unit">The unit that the source printed it in; null where it does not say, and then GiB is taken.</param>
/// <param name="Fits">Whether the run fitted the device.</param>
public sealed record ObservedMemory(
    double? PeakGib = null, MemoryKind? Kind = null, MemoryUnit? Unit = null, FitOutcome? Fits = null);

/// <summary>What a peak counts.</summary>
public enum MemoryKind
{
    /// <summary>Bytes of live tensors (<c>max_memory_allocated</c>).</summary>
    [JsonStringEnumMemberName("allocated")] Allocated,

    /// <summary>Bytes that the allocator holds (<c>max_memory_reserved</c>).</summary>
    [JsonStringEnumMemberName("reserved")] Reserved,

    /// <summary>Bytes in use on the device, context included (<c>nvidia-smi</c>).</summary>
    [JsonStringEnumMemberName("device")] Device,

    /// <summary>Bytes that training added to its process on the host.</summary>
    [JsonStringEnumMemberName("process")] Process,
}

/// <summary>The unit in which a source prints memory.</summary>
public enum MemoryUnit
{
    /// <summary>10^9 bytes.</summary>
    [JsonStringEnumMemberName("GB")] Gigabyte,

    /// <summary>2^30 bytes.</summary>
    [JsonStringEnumMemberName("GiB")] Gibibyte,

    /// <summary>2^20 bytes.</summary>
    [JsonStringEnumMemberName("MiB")] Mebibyte,

    /// <summary>Bytes.</summary>
    [JsonStringEnumMemberName("B")] Byte,

    /// <summary>10^6 bytes.</summary>
    [JsonStringEnumMemberName("MB")] Megabyte,

    /// <summary>1,000 · 2^20 bytes: mebibytes printed with a decimal point three places to the left.</summary>
    [JsonStringEnumMemberName("1000MiB")] ThousandMebibytes,
}

/// <summary>Whether a run fitted its device.</summary>
public enum FitOutcome
{
    /// <summary>It ran.</summary>
    [JsonStringEnumMemberName("yes")] Yes,

    /// <summary>It ran at times, or with a hair to spare.</summary>
    [JsonStringEnumMemberName("borderline")] Borderline,

    /// <summary>It ran out of memory.</summary>
    [JsonStringEnumMemberName("no")] No,
}
