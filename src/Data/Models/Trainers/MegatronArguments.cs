using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.Trainers;

/// <summary>
/// Megatron-LM's command-line arguments, in a launch script or a file of their own. What is left out is what
/// <c>megatron/training/arguments.py</c> takes: learned positions, layer normalisation, biases, a shared table, four times the width.
/// </summary>
internal static partial class MegatronArguments
{
    private static readonly string[] Unread =
        ["multi-latent-attention", "hybrid-override-pattern", "heterogeneous-layers-config-path", "spec", "num-layers-per-virtual-block",
            "mtp-num-layers", "is-hybrid-model"];

    /// <summary>True of a text with the arguments.</summary>
    public static bool Are(string text) => text.Contains("--num-layers", StringComparison.Ordinal)
        && text.Contains("--hidden-size", StringComparison.Ordinal);

    /// <summary>The shape.</summary>
    /// <exception cref="InputException">An argument is missing, out of range, or not read although the model depends on it.</exception>
    public static TransformerShape Read(string text, string file)
    {
        var given = Argument().Matches(Comment().Replace(text, "")).GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(group => group.Key, group => group.Last().Groups["value"].Value.Trim('"', '\'', ',', ')', '('));
        foreach (var name in Unread.Where(given.ContainsKey))
            throw new InputException($"{file}: --{name} is not read; give a config.json of the model");
        var (d, heads, gated, bias) = (Number("hidden-size"), Number("num-attention-heads"), given.ContainsKey("swiglu"),
            !given.ContainsKey("disable-bias-linear"));
        var isRotary = given.ContainsKey("use-rotary-position-embeddings")
            || given.GetValueOrDefault("position-embedding-type") is "rope" or "mrope" or "yarn";
        var shape = new TransformerShape
        {
            Name = Path.GetFileNameWithoutExtension(file),
            Layers = Number("num-layers"),
            DModel = d,
            Heads = heads,
            KvHeads = given.ContainsKey("group-query-attention") ? Optional("num-query-groups") ?? 1 : heads,
            HeadDim = Optional("kv-channels") ?? Math.Max(1, d / heads),
            DFfn = Optional("ffn-hidden-size") ?? (int)Math.Min(gated ? (long)(4L * d * 2 / 3) / 64 * 64 : 4L * d, int.MaxValue),
            FfnKind = gated ? FfnKind.Swiglu : FfnKind.Gelu,
            Vocab = Vocabulary(),
            TiedEmbeddings = !given.ContainsKey("untie-embeddings-and-output-weights"),
            Positions = isRotary ? PositionKind.Rotary : given.GetValueOrDefault("position-embedding-type") == "none" ? PositionKind.None
            : PositionKind.Learned,
            MaxPositions = Optional("max-position-embeddings") ?? Optional("seq-length") ?? 2048,
            Norm = given.GetValueOrDefault("normalization") == "RMSNorm" ? NormKind.RmsNorm : NormKind.LayerNorm,
            QkvBias = bias || given.ContainsKey("add-qkv-bias"),
            AttentionOutBias = bias,
            FfnBias = bias,
            QkNorm = given.ContainsKey("qk-layernorm") ? QkNormKind.PerHead : QkNormKind.None,
            Source = $"{Path.GetFileName(file)}, arguments of Megatron-LM",
        };
        return ShapeLimits.Checked(WithExperts(shape), file);

        TransformerShape WithExperts(TransformerShape dense)
        {
            if (Optional("num-experts") is not { } count)
                return dense;
            if (given.TryGetValue("moe-layer-freq", out var frequency) && frequency != "1")
                throw new InputException($"{file}: --moe-layer-freq is {frequency}, supported 1: experts in every layer");
            var experts = new Experts
            {
                Kind = dense.FfnKind, Bias = bias, Count = count, PerToken = Optional("moe-router-topk") ?? 2,
                Width = Optional("moe-ffn-hidden-size") ?? dense.DFfn, SharedWidth = Optional("moe-shared-expert-intermediate-size") ?? 0,
                RouterBias = given.ContainsKey("moe-router-enable-expert-bias"),
            };
            return dense with { Sequence = new(dense.UsualBlock with { FeedForward = experts }, dense.Layers) };
        }

        int Vocabulary()
        {
            if (Optional("padded-vocab-size") is { } padded)
                return padded;
            var multiple = (long)(Optional("make-vocab-size-divisible-by") ?? 128) * (Optional("tensor-model-parallel-size") ?? 1);
            return (int)Math.Min((Number("vocab-size") + multiple - 1) / multiple * multiple, int.MaxValue);
        }

        int Number(string name) => Optional(name)
            ?? throw new InputException($"{file}: --{name} is missing, expected a whole number of at least 1");

        int? Optional(string name) => !given.TryGetValue(name, out var value) ? null
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw new InputException($"{file}: --{name} is {value}, expected a whole number of at least 1 (a shell variable must be "
                + $"written out)");
    }

    [GeneratedRegex(@"--(?<name>[a-z][a-z0-9-]*)(?:[ =]+(?!--)(?<value>[^\s\\]+))?")]
    private static partial Regex Argument();

    [GeneratedRegex(@"(?m)^\s*#.*$")]
    private static partial Regex Comment();
}
