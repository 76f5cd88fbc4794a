using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Measurements;

/// <summary>Where the columns of a measurements file are. Those without which no row can be used must exist.</summary>
internal sealed class MeasurementColumns(CsvRows rows)
{
    public int Id { get; } = rows.Required("id");
    public int? Source { get; } = rows.Optional("source");
    public int? Date { get; } = rows.Optional("date");
    public int? Stack { get; } = rows.Optional("stack");
    public int? ModelName { get; } = rows.Optional("model_name");
    public int? Params { get; } = rows.Optional("params");
    public int Layers { get; } = rows.Required("n_layers");
    public int DModel { get; } = rows.Required("d_model");
    public int? Heads { get; } = rows.Optional("n_heads");
    public int? KvHeads { get; } = rows.Optional("n_kv_heads");
    public int? DFfn { get; } = rows.Optional("d_ffn");
    public int? FfnKind { get; } = rows.Optional("ffn_kind");
    public int? Vocab { get; } = rows.Optional("vocab");
    public int? Tied { get; } = rows.Optional("tied_embeddings");
    public int SeqLen { get; } = rows.Required("seq_len");
    public int Gpu { get; } = rows.Required("gpu");
    public int Gpus { get; } = rows.Required("n_gpus");
    public int? GpusPerNode { get; } = rows.Optional("gpus_per_node");
    public int? InterNode { get; } = rows.Optional("inter_node_gbit_s");
    public int? Precision { get; } = rows.Optional("precision");
    public int? Attention { get; } = rows.Optional("attention");
    public int? Parallelism { get; } = rows.Optional("parallelism");
    public int? MicroBatch { get; } = rows.Optional("micro_batch_per_gpu");
    public int? GradAccum { get; } = rows.Optional("grad_accum");
    public int? Recomputation { get; } = rows.Optional("activation_checkpointing");
    public int? Compile { get; } = rows.Optional("compile");
    public int? Speed { get; } = rows.Optional("tokens_per_sec_per_gpu");
    public int? PeakMemory { get; } = rows.Optional("peak_mem_gb");
    public int? PeakUnit { get; } = rows.Optional("peak_mem_unit");
    public int? PeakKind { get; } = rows.Optional("peak_mem_kind");
    public int? DeviceMemory { get; } = rows.Optional("device_mem_gib");
    public int? Fits { get; } = rows.Optional("fits");
    public int? LeftOut { get; } = rows.Optional("left_out");
    public int? Notes { get; } = rows.Optional("notes");
}
