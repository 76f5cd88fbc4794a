using System.Text;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// Megatron-LM's dump of its arguments, <c>  num_layers ...................................... 24</c>. All arguments are there, with their
/// defaults, so some mean something only beside others: query groups count where attention is grouped, and what is off says how states are
/// shared.
/// </summary>
internal sealed class MegatronArguments
{
    private static readonly string[] Kept =
    [
        "bf16", "fp16", "fp8", "group_query_attention", "num_query_groups", "recompute_granularity", "swiglu", "squared_relu",
        "use_distributed_optimizer", "use_torch_fsdp2", "use_megatron_fsdp", "use_custom_fsdp", "sequence_parallel",
        "deepspeed", "zero_stage",
        "tensor_model_parallel_size", "pipeline_model_parallel_size", "context_parallel_size",
        "virtual_pipeline_model_parallel_size",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Takes a line.</summary>
    public void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var dots = line.IndexOf(" .."u8);
        if (dots <= 0)
            return;
        var name = line[..dots];
        var (key, value) = (Encoding.UTF8.GetString(name[(name.LastIndexOf((byte)' ') + 1)..]),
            Encoding.UTF8.GetString(line[(dots + 1)..].TrimStart((byte)'.')).Trim());
        // GPT-NeoX says after each value whether it was set: "2048........updated".
        if (value.EndsWith(".updated", StringComparison.Ordinal) || value.EndsWith(".default", StringComparison.Ordinal))
            value = value[..^"updated".Length].TrimEnd('.');
        if (Kept.Contains(key, StringComparer.Ordinal))
            _values[key] = value;
        if (!Kept.Contains(key, StringComparer.Ordinal) || key.EndsWith("_parallel_size", StringComparison.Ordinal))
            ConfigKeys.Read(key, value, run.Fact);
    }

    /// <summary>Tells what follows of all arguments together.</summary>
    public void End(RunRecorder run)
    {
        if (IsOn("deepspeed"))
            run.Fact(RunField.Stack, "megatron-deepspeed");
        if (IsOn("group_query_attention"))
            ConfigKeys.Read("num_query_groups", _values.GetValueOrDefault("num_query_groups"), run.Fact);
        if (_values.GetValueOrDefault("fp8") is { } fp8 && fp8 is not ("None" or "False"))
            run.Fact(RunField.Precision, "fp8");
        else if (IsOn("bf16") || IsOn("fp16"))
            run.Fact(RunField.Precision, IsOn("bf16") ? "bf16-mixed" : "fp16-mixed");
        if (_values.TryGetValue("recompute_granularity", out var recomputed))
            run.Fact(RunField.Recomputation, recomputed switch
            {
                "full" => "full",
                "selective" => "attention",
                _ => "none",
            });
        if (IsOn("swiglu") || (_values.ContainsKey("swiglu") && !IsOn("squared_relu")))
            run.Fact(RunField.FfnKind, IsOn("swiglu") ? "swiglu" : "gelu");
        if (_values.ContainsKey("use_distributed_optimizer") || IsOn("deepspeed"))
            run.Fact(RunField.Parallelism, Sharing() + Splits());
    }

    private string Sharing() => IsOn("deepspeed") ? _values.GetValueOrDefault("zero_stage") switch
    {
        "1" => "zero1",
        "2" => "zero2",
        "3" => "fsdp_full",
        _ => "ddp",
    }
    : IsOn("use_torch_fsdp2") || IsOn("use_megatron_fsdp") || IsOn("use_custom_fsdp") ? "fsdp_full"
    : IsOn("use_distributed_optimizer") ? "zero1" : "ddp";

    private string Splits() =>
        Split("tp", "tensor_model_parallel_size") + (IsOn("sequence_parallel") ? "+sp" : "")
        + Split("pp", "pipeline_model_parallel_size") + Split("vp", "virtual_pipeline_model_parallel_size")
        + Split("cp", "context_parallel_size");

    private string Split(string word, string key) =>
        int.TryParse(_values.GetValueOrDefault(key), out var ranks) && ranks > 1 ? $"+{word}({ranks})" : "";

    private bool IsOn(string key) => _values.GetValueOrDefault(key) == "True";
}
