using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Measurements;

/// <summary>The fields of the current row as an observation.</summary>
internal readonly struct MeasurementFields(CsvRows rows, MeasurementColumns columns)
{
    private const int Many = 100_000_000;
    private const double Gibibyte = 1L << 30;

    /// <summary>The row.</summary>
    /// <exception cref="InputException">A field is out of its range, or a word is unknown.</exception>
    public Observation Observation(string name) => new()
    {
        Name = name.Length > 0 ? name : throw rows.Bad(columns["id"], "is empty, every row needs a name"),
        From = new(Text("source"), Text("date"), Path.GetFileName(rows.Name), rows.Line),
        Machine = new(
            Text("gpu") ?? throw rows.Bad(columns["gpu"], "is needed"), Needed("n_gpus", 1_000_000), Whole("gpus_per_node", 1024),
            rows.Number(columns["inter_node_gbit_s"], 0.01, 1e6), MemoryGib: rows.Number(columns["device_mem_gib"], 0.1, 1e5)),
        Stack = new(Text("stack"), YesNo("compile")),
        Model = new()
        {
            Name = Text("model_name"),
            Parameters = rows.Number(columns["params"], 1e3, 1e15),
            Layers = Needed("n_layers", 1000),
            DModel = Needed("d_model", 65_536),
            Heads = Whole("n_heads", 1024),
            KvHeads = Whole("n_kv_heads", 1024),
            DFfn = Whole("d_ffn", 1 << 20),
            FfnKind = Word("ffn_kind", FieldWords.FfnKindOf),
            Vocab = Whole("vocab", 10_000_000),
            TiedEmbeddings = YesNo("tied_embeddings"),
            Experts = Experts(),
            Windows = Whole("window", Many) is { } window ? new(window, Whole("full_every", 1000, least: 0) ?? 0) : null,
        },
        Recipe = new()
        {
            SeqLen = Whole("seq_len", Many),
            MicroBatch = Whole("micro_batch_per_gpu", 1_000_000),
            GradAccum = Whole("grad_accum", 1_000_000),
            EvalBatch = Whole("eval_batch", 1_000_000, least: 0),
            Precision = Word("precision", FieldWords.PrecisionOf),
            MayBePure = FieldWords.MayBePure(Text("precision")),
            Attention = Word("attention", FieldWords.AttentionOf),
            AttentionKernel = Text("attention")?.ToLowerInvariant(),
            Recomputation = Word("activation_checkpointing", FieldWords.RecomputationOf),
            Optimizer = Optimizer(),
            Update = OptimizerWords.Of(Optimizer()),
            Tuning = Tuning(),
        },
        Mesh = new(
            Scheme(),
            columns["zero1_ranks"] is null ? FieldWords.Zero1RanksOf(Text("notes")) : Whole("zero1_ranks", 1_000_000, least: 0)),
        Speed = rows.Number(columns["tokens_per_sec_per_gpu"], 1e-3, 1e12) is { } speed ? new(speed) : null,
        Memory = Memory(),
        LeftOut = Text("left_out"),
        BestOf = Text("best_of"),
        Notes = Text("notes"),
    };

    private string? Optimizer() => columns["optimizer"] is null ? NoteWords.OptimizerOf(Text("notes")) : Text("optimizer");

    private Scheme? Scheme() =>
        Word("parallelism", FieldWords.ParallelismOf) is { Tensor: > 1, SequenceParallel: false } scheme
            && FieldWords.SequenceParallelOf(Text("notes")) == true
            ? scheme with { SequenceParallel = true }
            : Word("parallelism", FieldWords.ParallelismOf);

    private ExpertLayers? Experts() => Whole("n_experts", 4096) is { } count
        ? new(
            count, Needed("experts_per_token", count), Needed("d_expert", 1 << 20), Whole("d_shared_experts", 1 << 20, least: 0) ?? 0,
            Whole("dense_layers", 1000, least: 0) ?? 0)
        : null;

    private Tuning? Tuning() => Word("method", TuningWords.MethodOf) is { } method
        ? new(
            method, Whole("rank", 65_536) ?? Core.Training.Tuning.UsualRank, Word("targets", TuningWords.TargetsOf)
            ?? AdapterTargets.Attention,
            Whole("base_bits", 16) ?? 0, Core.Training.Tuning.UsualBlocks)
        : null;

    private ObservedMemory? Memory()
    {
        var unit = columns["peak_mem_unit"] is null ? NoteWords.UnitOf(Text("notes")) : Word("peak_mem_unit", FieldWords.MemoryUnitOf);
        var printed = rows.Number(columns["peak_mem_gb"], 1e-3, 1e15);
        var kind = columns["peak_mem_kind"] is null ? NoteWords.KindOf(Text("notes")) : Word("peak_mem_kind", FieldWords.MemoryKindOf);
        var fits = Word("fits", FieldWords.VerdictOf);
        var gib = printed * BytesOf(unit) / Gibibyte;
        if (gib is not null and not (>= 1e-3 and <= 1e6))
            throw rows.Bad(columns["peak_mem_gb"], "must be 0.001..1000000 GiB");
        return gib is null && fits is null && kind is null ? null : new(gib, kind, unit, fits);
    }

    private static double BytesOf(MemoryUnit? unit) => unit switch
    {
        MemoryUnit.Gigabyte => 1e9,
        MemoryUnit.Mebibyte => 1L << 20,
        MemoryUnit.Byte => 1,
        MemoryUnit.Megabyte => 1e6,
        MemoryUnit.ThousandMebibytes => 1000.0 * (1L << 20),
        _ => Gibibyte,
    };

    private string? Text(string column) => rows.Text(columns[column]) is { Length: > 0 } text ? text : null;

    private T Word<T>(string column, Func<string?, T> meaning)
    {
        try
        {
            return meaning(Text(column));
        }
        catch (InputException exception)
        {
            throw new InputException($"{rows.Name}, line {rows.Line}: {exception.Message}", exception);
        }
    }

    private int Needed(string column, int most) => Whole(column, most) ?? throw rows.Bad(columns[column], "is needed");

    private int? Whole(string column, int most, int least = 1) => rows.Number(columns[column], least, most) switch
    {
        null => null,
        { } number when number == Math.Floor(number) => (int)number,
        _ => throw rows.Bad(columns[column], "is not a whole number"),
    };

    /// <summary>A compiler's name counts as yes: <c>xla</c> always compiles.</summary>
    private bool? YesNo(string column) => rows.Text(columns[column]).ToLowerInvariant() switch
    {
        "" => null,
        "yes" or "true" or "1" or "xla" => true,
        "no" or "false" or "0" => false,
        _ => throw rows.Bad(columns[column], "is neither yes nor no"),
    };
}
