using SlmPlanner.Core.Models;

namespace SlmPlanner.Core.Calibration;

/// <summary>The transformer of a record, with the customary value where the source leaves a field out.</summary>
internal static class PossibleShape
{
    private const int FfnMultiple = 4, LeastVocab = 8_000, LargestVocab = 260_000, UsualVocab = 50_304;

    /// <summary>The shape, and what had to be filled in.</summary>
    /// <exception cref="InputException">The shape is impossible.</exception>
    public static (TransformerShape Shape, IReadOnlyList<string> Filled) Of(MeasurementRecord record)
    {
        var filled = new List<string>();
        var heads = record.Heads ?? Fill("n_heads", Math.Max(1, record.DModel / (record.DModel >= 1024 ? 128 : 64)));
        var kvHeads = record.KvHeads ?? (record.Heads is null ? heads : Fill("n_kv_heads", heads));
        var ffn = record.DFfn ?? Fill("d_ffn", FfnMultiple * record.DModel);
        var tied = record.TiedEmbeddings ?? true;
        var shape = new TransformerShape
        {
            Name = record.ModelName ?? record.Id,
            Layers = record.Layers,
            DModel = record.DModel,
            Heads = heads,
            KvHeads = Math.Min(kvHeads, heads),
            HeadDim = Math.Max(1, record.DModel / heads),
            DFfn = ffn,
            FfnKind = string.Equals(record.FfnKind, "swiglu", StringComparison.OrdinalIgnoreCase) ? FfnKind.Swiglu : FfnKind.Gelu,
            Vocab = record.Vocab ?? 1,
            TiedEmbeddings = tied,
        };
        if (record.Vocab is null)
            shape = shape with { Vocab = Fill("vocab", VocabOf(record, shape, tied)) };
        return (ShapeLimits.Checked(shape, record.Id), filled);

        int Fill(string field, int value)
        {
            filled.Add($"{field} taken as {value}");
            return value;
        }
    }

    /// <summary>What the stated parameter count leaves for embedding tables.</summary>
    private static int VocabOf(MeasurementRecord record, TransformerShape shape, bool tied) => record.Parameters is { } stated
        ? (int)Math.Clamp((stated - ParameterCount.Of(shape).Total) / ((tied ? 1.0 : 2.0) * shape.DModel), LeastVocab, LargestVocab)
        : UsualVocab;
}
