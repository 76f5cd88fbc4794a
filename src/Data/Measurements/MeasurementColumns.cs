using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Measurements;

/// <summary>The columns of a measurements file. Those without which no row can be used must exist. docs/rows.md describes each.</summary>
internal sealed class MeasurementColumns(CsvRows rows)
{
    /// <summary>Every column that is read, in the order of measured.csv.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "id", "source", "date", "stack", "model_name", "params", "n_layers", "d_model", "n_heads", "n_kv_heads", "d_ffn", "ffn_kind",
        "vocab",
        "tied_embeddings", "n_experts", "experts_per_token", "d_expert", "d_shared_experts", "dense_layers", "window", "full_every",
        "seq_len", "gpu", "n_gpus", "gpus_per_node", "inter_node_gbit_s", "precision", "attention", "parallelism",
        "zero1_ranks",
        "micro_batch_per_gpu", "grad_accum", "eval_batch", "activation_checkpointing", "compile", "optimizer", "method", "rank", "targets",
        "base_bits", "tokens_per_sec_per_gpu", "peak_mem_gb",
        "peak_mem_unit", "peak_mem_kind", "device_mem_gib", "fits", "left_out", "best_of", "notes",
    ];

    /// <summary>The columns that a file must have.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["id", "n_layers", "d_model", "gpu", "n_gpus"];

    private readonly Dictionary<string, int?> _places = Names.ToDictionary(
        name => name, name => Needed.Contains(name) ? rows.Required(name) : rows.Optional(name), StringComparer.Ordinal);

    /// <summary>Where a column is; null where the file lacks it.</summary>
    public int? this[string name] => _places[name];
}
