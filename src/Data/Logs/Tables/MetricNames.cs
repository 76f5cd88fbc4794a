namespace SlmPlanner.Data.Logs.Tables;

/// <summary>
/// Which column or tag is which metric: the names that loggers write, and what the user maps. A name whose meaning differs between
/// programs (<c>tokens_per_sec</c> of one device or of all) is not here: it has to be mapped.
/// </summary>
internal sealed class MetricNames
{
    private static readonly Dictionary<string, Metric> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["step"] = Metric.Step, ["_step"] = Metric.Step, ["global_step"] = Metric.Step, ["train/global_step"] = Metric.Step,
        ["trainer/global_step"] = Metric.Step, ["iter"] = Metric.Step, ["iteration"] = Metric.Step,
        ["_timestamp"] = Metric.Timestamp, ["timestamp"] = Metric.Timestamp, ["wall_time"] = Metric.Timestamp,
            ["_runtime"] = Metric.Runtime,
        ["throughput(tps)"] = Metric.TokensPerGpu, ["wps"] = Metric.TokensPerGpu,
            ["throughput/device/tokens_per_sec"] = Metric.TokensPerGpu,
        ["throughput/device/tokens_per_second"] = Metric.TokensPerGpu, ["throughput/device/TPS"] = Metric.TokensPerGpu,
        ["tokens_per_sec_per_gpu"] = Metric.TokensPerGpu, ["tokens_per_second_per_gpu"] = Metric.TokensPerGpu,
        ["tokens_per_s_per_gpu"] = Metric.TokensPerGpu, ["tokens_per_gpu_per_second"] = Metric.TokensPerGpu,
        ["tokens_per_device_per_second"] = Metric.TokensPerGpu, ["train/tok_per_sec"] = Metric.Tokens,
        ["throughput/tokens_per_sec"] = Metric.Tokens, ["throughput/samples_per_sec"] = Metric.Samples,
        ["time_metrics/end_to_end(s)"] = Metric.StepSeconds, ["step_time"] = Metric.StepSeconds, ["step_time_s"] = Metric.StepSeconds,
        ["step_time(s)"] = Metric.StepSeconds, ["train_step_timing in s"] = Metric.StepSeconds, ["iteration-time"] = Metric.StepSeconds,
        ["iteration-time/iteration-time"] = Metric.StepSeconds, ["train/dt"] = Metric.StepSeconds,
            ["seconds_per_step"] = Metric.StepSeconds,
        ["throughput/duration"] = Metric.StepSeconds, ["step_time_ms"] = Metric.StepMilliseconds, ["step_ms"] = Metric.StepMilliseconds,
        ["time_metrics/data_loading(s)"] = Metric.DataSeconds, ["throughput/device/data loading (s)"] = Metric.DataSeconds,
        ["loss_metrics/global_avg_loss"] = Metric.Loss, ["loss"] = Metric.Loss, ["train_loss"] = Metric.Loss, ["train/loss"] = Metric.Loss,
        ["train_loss_step"] = Metric.Loss, ["train/CrossEntropyLoss"] = Metric.Loss, ["train/CE loss"] = Metric.Loss,
        ["loss/train/total"] = Metric.Loss, ["reduced_train_loss"] = Metric.Loss, ["lm loss"] = Metric.Loss,
        ["eval/loss"] = Metric.EvaluationLoss, ["eval_loss"] = Metric.EvaluationLoss, ["val_loss"] = Metric.EvaluationLoss,
        ["val/loss"] = Metric.EvaluationLoss, ["validation_metrics/loss"] = Metric.EvaluationLoss, ["val/bpb"] = Metric.EvaluationLoss,
        ["mfu(%)"] = Metric.MfuPercent, ["train/mfu"] = Metric.MfuPercent, ["throughput/device/mfu"] = Metric.Mfu,
        ["memory/max_reserved(GiB)"] = Metric.ReservedGib, ["memory/max_active(GiB)"] = Metric.AllocatedGib,
        ["memory/peak_reserved_mem"] = Metric.ReservedGigabytes, ["memory/peak_allocated_mem"] = Metric.AllocatedGigabytes,
        ["memory/num_alloc_retries"] = Metric.AllocationRetries, ["memory/alloc_retries"] = Metric.AllocationRetries,
        ["mem-max-allocated-bytes"] = Metric.AllocatedBytes, ["max_memory_allocated"] = Metric.AllocatedBytes,
        ["mem-reserved-bytes"] = Metric.ReservedBytes, ["gpu_memory/GPU reserved mem (GiB)"] = Metric.ReservedGib,
        ["gpu_memory/GPU active mem (GiB)"] = Metric.AllocatedGib,
        ["max_memory_reserved"] = Metric.ReservedBytes, ["System/Peak GPU Memory (MB)"] = Metric.AllocatedMib,
        ["gpu_memory/reserved (GiB)"] = Metric.ReservedGib, ["batch-size"] = Metric.Batch, ["global_batch_size"] = Metric.Batch,
        ["time/token"] = Metric.TotalTokens, ["throughput/total_tokens"] = Metric.TotalTokens,
            ["throughput/total tokens"] = Metric.TotalTokens,
        ["train/num_input_tokens_seen"] = Metric.TotalTokens, ["consumed_samples"] = Metric.TotalSamples,
            ["time/sample"] = Metric.TotalSamples,
        ["train/num_tokens"] = Metric.TotalTokens, ["current_steps"] = Metric.Step,
        ["peak_memory_reserved"] = Metric.ReservedGib, ["peak_memory_alloc"] = Metric.AllocatedGib,
        ["memory(GiB)"] = Metric.ReservedGib, ["elapsed_time_per_iteration"] = Metric.StepSeconds,
        ["vram_reserved"] = Metric.ReservedGib, ["vram_allocated"] = Metric.AllocatedGib,
        ["memory/mem-max-reserved-gigabytes"] = Metric.ReservedGigabytes,
            ["memory/mem-max-allocated-gigabytes"] = Metric.AllocatedGigabytes,
        ["train/memory/max_active (GiB)"] = Metric.AllocatedGib,
    };

    private readonly Dictionary<string, Metric> _mapped;

    /// <summary>The known names with those of the user over them.</summary>
    public MetricNames(IReadOnlyDictionary<string, Metric> mapped) => _mapped = new(mapped, StringComparer.OrdinalIgnoreCase);

    /// <summary>The metric of a column, tag or key; null where it is none that is read.</summary>
    public Metric? Of(string name) =>
        _mapped.TryGetValue(name, out var own) ? own
        : Known.TryGetValue(OfPanel(name), out var known) && !_mapped.ContainsValue(known) ? known : null;

    /// <summary>
    /// How well a name tells the optimizer step, the larger the better: trackers count their own rows too (<c>_step</c>), and programs
    /// count micro-batches (<c>iter</c>).
    /// </summary>
    public int RankOfStep(string name) => _mapped.ContainsKey(name) ? 3
        : name.Contains("global_step", StringComparison.OrdinalIgnoreCase) ? 2
        : name.Equals("step", StringComparison.OrdinalIgnoreCase) ? 1 : 0;

    /// <summary>The runs that the columns of an exported panel name, those mapped aside.</summary>
    public IReadOnlyList<string> RunsOf(IEnumerable<string> columns) =>
    [
        .. columns.Where(column => !_mapped.ContainsKey(column) && OfPanel(column) != column && Of(column) is not null)
            .Select(column => column[..column.LastIndexOf(" - ", StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The metric of a panel that Weights and Biases exports: <c>RUN - METRIC</c>; its ranges aside are no metric.</summary>
    private static string OfPanel(string name)
    {
        var dash = name.LastIndexOf(" - ", StringComparison.Ordinal);
        return dash < 0 ? name : name[(dash + 3)..];
    }
}
