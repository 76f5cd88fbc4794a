using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Logs.Config;

/// <summary>
/// nanotron's configuration, from its YAML or from the dump of it that a log begins with (src/nanotron/config). Some settings mean
/// something only beside others: how many devices there are is a product, and the sharing of states stands in two sections.
/// </summary>
internal sealed class NanotronSettings
{
    private static readonly string[] Plain =
    [
        "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "vocab_size",
        "tie_word_embeddings", "sequence_length", "micro_batch_size",
    ];

    private static readonly string[] Own =
    [
        "batch_accumulation_per_replica", "train_steps", "dp", "tp", "pp", "context_parallel_size", "expert_parallel_size", "zero_stage",
        "dtype", "accumulate_grad_in_fp32", "recompute_layer", "hidden_act", "tp_mode",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Whether settings, as paths and values, are nanotron's.</summary>
    public static bool Knows(IEnumerable<(string Path, string Value)> pairs) => pairs.Any(pair => pair.Path == "parallelism.dp");

    /// <summary>Keeps a setting by the last part of its path; the first of a name counts.</summary>
    public void Set(string path, string value)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        if (Plain.Contains(name, StringComparer.Ordinal) || Own.Contains(name, StringComparer.Ordinal))
            _values.TryAdd(name, value.Trim().Trim('\''));
    }

    /// <summary>Tells what follows from all of them.</summary>
    public void Tell(Action<RunField, string> keep)
    {
        foreach (var name in Plain)
            if (_values.TryGetValue(name, out var value))
                ConfigKeys.Read(name, value, keep);
        ConfigKeys.Read("gradient_accumulation_steps", Text("batch_accumulation_per_replica"), keep);
        ConfigKeys.Read("max_steps", Text("train_steps"), keep);
        ConfigKeys.Read("tensor_parallel_degree", Text("tp"), keep);
        ConfigKeys.Read("pipeline_parallel_degree", Text("pp"), keep);
        ConfigKeys.Read("context_parallel_size", Text("context_parallel_size"), keep);
        if (Text("hidden_act") is "silu")
            keep(RunField.FfnKind, "swiglu");
        if (Text("dtype").EndsWith("bfloat16", StringComparison.Ordinal))
            keep(RunField.Precision, IsOn("accumulate_grad_in_fp32") ? "bf16-mixed" : "bf16-pure");
        if (_values.ContainsKey("recompute_layer"))
            keep(RunField.Recomputation, IsOn("recompute_layer") ? "full" : "none");
        if (Ranks("dp") is not { } copies)
            return;
        var devices = (double)copies * (Ranks("tp") ?? 1) * (Ranks("pp") ?? 1) * (Ranks("context_parallel_size") ?? 1)
            * (Ranks("expert_parallel_size") ?? 1);
        if (devices <= int.MaxValue)
            ConfigKeys.Read("world_size", ((int)devices).ToString(System.Globalization.CultureInfo.InvariantCulture), keep);
        if (Text("zero_stage") is "0" or "1")
            keep(RunField.Parallelism, (Text("zero_stage") is "1" ? "zero1" : "ddp") + Splits());
    }

    private string Splits() =>
        (Ranks("tp") is > 1 and var tensor
            ? $"+tp({tensor})" + (Text("tp_mode").Contains("REDUCE_SCATTER", StringComparison.OrdinalIgnoreCase) ? "+sp" : "") : "")
        + (Ranks("pp") is > 1 and var stages ? $"+pp({stages})" : "")
        + (Ranks("context_parallel_size") is > 1 and var parts ? $"+cp({parts})" : "");

    private string Text(string name) => _values.GetValueOrDefault(name, "");

    private int? Ranks(string name) => int.TryParse(Text(name), out var ranks) && ranks >= 1 ? ranks : null;

    private bool IsOn(string name) => Text(name).Equals("true", StringComparison.OrdinalIgnoreCase);
}
