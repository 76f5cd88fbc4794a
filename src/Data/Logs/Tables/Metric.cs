using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Logs.Tables;

/// <summary>What a column of a table of metrics holds; the names are those that <c>--map</c> takes.</summary>
public enum Metric
{
    /// <summary>The step.</summary>
    [JsonStringEnumMemberName("step")] Step,

    /// <summary>Seconds of a step.</summary>
    [JsonStringEnumMemberName("step_time")] StepSeconds,

    /// <summary>Milliseconds of a step.</summary>
    [JsonStringEnumMemberName("step_time_ms")] StepMilliseconds,

    /// <summary>Tokens per second of one device.</summary>
    [JsonStringEnumMemberName("tokens_per_s_per_gpu")] TokensPerGpu,

    /// <summary>Tokens per second of all devices.</summary>
    [JsonStringEnumMemberName("tokens_per_s")] Tokens,

    /// <summary>Sequences per second of all devices.</summary>
    [JsonStringEnumMemberName("samples_per_s")] Samples,

    /// <summary>Seconds since 1970.</summary>
    [JsonStringEnumMemberName("timestamp")] Timestamp,

    /// <summary>Milliseconds since 1970.</summary>
    [JsonStringEnumMemberName("timestamp_ms")] TimestampMilliseconds,

    /// <summary>Seconds since the run started.</summary>
    [JsonStringEnumMemberName("runtime")] Runtime,

    /// <summary>Training loss.</summary>
    [JsonStringEnumMemberName("loss")] Loss,

    /// <summary>Loss of an evaluation.</summary>
    [JsonStringEnumMemberName("eval_loss")] EvaluationLoss,

    /// <summary>MFU in per cent.</summary>
    [JsonStringEnumMemberName("mfu_percent")] MfuPercent,

    /// <summary>MFU as a share.</summary>
    [JsonStringEnumMemberName("mfu")] Mfu,

    /// <summary>Seconds of a step spent waiting for data.</summary>
    [JsonStringEnumMemberName("data_time")] DataSeconds,

    /// <summary>Peak memory reserved, GiB.</summary>
    [JsonStringEnumMemberName("peak_reserved_gib")] ReservedGib,

    /// <summary>Peak memory reserved, 10^9 bytes.</summary>
    [JsonStringEnumMemberName("peak_reserved_gb")] ReservedGigabytes,

    /// <summary>Peak memory reserved, bytes.</summary>
    [JsonStringEnumMemberName("peak_reserved_bytes")] ReservedBytes,

    /// <summary>Peak memory allocated, GiB.</summary>
    [JsonStringEnumMemberName("peak_allocated_gib")] AllocatedGib,

    /// <summary>Peak memory allocated, 10^9 bytes.</summary>
    [JsonStringEnumMemberName("peak_allocated_gb")] AllocatedGigabytes,

    /// <summary>Peak memory allocated, units of 2^20 bytes.</summary>
    [JsonStringEnumMemberName("peak_allocated_mib")] AllocatedMib,

    /// <summary>Peak memory allocated, bytes.</summary>
    [JsonStringEnumMemberName("peak_allocated_bytes")] AllocatedBytes,

    /// <summary>How often the allocator had to try again.</summary>
    [JsonStringEnumMemberName("alloc_retries")] AllocationRetries,

    /// <summary>Sequences per step.</summary>
    [JsonStringEnumMemberName("global_batch")] Batch,

    /// <summary>Tokens so far.</summary>
    [JsonStringEnumMemberName("tokens")] TotalTokens,

    /// <summary>Sequences so far.</summary>
    [JsonStringEnumMemberName("samples")] TotalSamples,
}
