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
            Number("inter_node_gbit_s", 0.01, 1e6), MemoryGib: Number("device_mem_gib", 0.1, 1e5)),
        Stack = new(Text("stack"), Word("compile", FieldWords.CompileOf)),
        Model = new()
        {
            Name = Text("model_name"),
            Parameters = Number("params", 1e3, 1e15),
            Layers = Needed("n_layers", 1000),
            DModel = Needed("d_model", 65_536),
            Heads = Whole("n_heads", 1024),
            KvHeads = Whole("n_kv_heads", 1024),
            DFfn = Whole("d_ffn", 1 << 20),
            FfnKind = Word("ffn_kind", FieldWords.FfnKindOf),
            Vocab = Whole("vocab", 10_000_000),
            TiedEmbeddings = Word("tied_embeddings", FieldWords.TiedOf),
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
            IsPureFp16 = FieldWords.IsPureFp16(Text("precision")),
            Attention = Word("attention", FieldWords.AttentionOf),
            AttentionKernel = FieldWords.AttentionKernelOf(Text("attention")),
            Recomputation = Word("activation_checkpointing", FieldWords.RecomputationOf),
            Optimizer = Optimizer(),
            Update = OptimizerWords.Of(Optimizer()),
            Tuning = Tuning(),
        },
        Mesh = new(
            Scheme(),
            columns["zero1_ranks"] is null ? FieldWords.Zero1RanksOf(Text("notes")) : Whole("zero1_ranks", 1_000_000, least: 0)),
        Speed = Number("tokens_per_sec_per_gpu", 1e-3, 1e12) is { } speed ? new(speed) : null,
        Memory = Memory(),
        LeftOut = Text("left_out"),
        BestOf = Text("best_of"),
        Notes = Text("notes"),
    };

    private string? Optimizer() => columns["optimizer"] is null ? NoteWords.OptimizerOf(Text("notes")) : Text("optimizer");

    private Scheme? Scheme()
    {
        if (Word("parallelism", SchemeWords.Of) is not { } written)
            return null;
        var (scheme, ranks) = written;
        var (gpus, model) = (Needed("n_gpus", 1_000_000), scheme.Tensor * scheme.Pipeline * scheme.Context);
        if (ranks is { } stated && (long)stated * model != gpus)
            throw rows.Bad(columns["parallelism"], $"means {stated} data-parallel ranks of {model} devices each, but n_gpus is {gpus}");
        return scheme is { Tensor: > 1, SequenceParallel: false } && FieldWords.SequenceParallelOf(Text("notes")) == true
            ? scheme with { SequenceParallel = true }
            : scheme;
    }

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
        var printed = Number("peak_mem_gb", 1e-3, 1e15);
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

    private string? Text(string column) => PlainWord.IsUnstated(rows.Span(columns[column])) ? null : rows.Text(columns[column]);

    private double? Number(string column, double least, double most) =>
        PlainWord.IsUnstated(rows.Span(columns[column])) ? null : rows.Number(columns[column], least, most);

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

    private int? Whole(string column, int most, int least = 1) => Number(column, least, most) switch
    {
        null => null,
        { } number when number == Math.Floor(number) => (int)number,
        _ => throw rows.Bad(columns[column], "is not a whole number"),
    };
}
