using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Core.Workloads;

/// <summary>The transformer of an observation, with the customary value where the source leaves a field out.</summary>
internal static class PossibleShape
{
    private const int FfnMultiple = 4, LeastVocab = 8_000, LargestVocab = 260_000, UsualVocab = 50_304;

    /// <summary>The shape, and what had to be filled in.</summary>
    /// <exception cref="InputException">The shape is impossible.</exception>
    public static (TransformerShape Shape, IReadOnlyList<string> Filled) Of(Observation observation)
    {
        var model = observation.Model;
        var filled = new List<string>();
        var heads = model.Heads ?? Fill("n_heads", Math.Max(1, model.DModel / (model.DModel >= 1024 ? 128 : 64)));
        var kvHeads = model.KvHeads ?? (model.Heads is null ? heads : Fill("n_kv_heads", heads));
        var ffn = model.DFfn ?? Fill("d_ffn", FfnMultiple * model.DModel);
        var tied = model.TiedEmbeddings ?? true;
        var shape = new TransformerShape
        {
            Name = model.Name ?? observation.Name,
            Layers = model.Layers,
            DModel = model.DModel,
            Heads = heads,
            KvHeads = Math.Min(kvHeads, heads),
            HeadDim = Math.Max(1, model.DModel / heads),
            DFfn = ffn,
            FfnKind = model.FfnKind ?? UsualFfn(),
            Vocab = model.Vocab ?? 1,
            TiedEmbeddings = tied,
        };
        shape = shape.With(model.Experts, model.Windows);
        if (model.Vocab is null)
            shape = shape with { Vocab = Fill("vocab", VocabOf(model, shape, tied)) };
        return (ShapeLimits.Checked(shape, observation.Name), filled);

        FfnKind UsualFfn()
        {
            filled.Add("ffn_kind taken as gelu");
            return FfnKind.Gelu;
        }

        int Fill(string field, int value)
        {
            filled.Add($"{field} taken as {value}");
            return value;
        }
    }

    /// <summary>What the stated parameter count leaves for embedding tables.</summary>
    private static int VocabOf(ObservedModel model, TransformerShape shape, bool tied) => model.Parameters is { } stated
        ? (int)Math.Clamp((stated - ParameterCount.Of(shape).Total) / ((tied ? 1.0 : 2.0) * shape.DModel), LeastVocab, LargestVocab)
        : UsualVocab;
}
