using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.Trainers;

/// <summary>
/// nanoGPT's configuration file, Python assignments over the defaults of its <c>train.py</c>: GPT-2 with one flag for all biases, and
/// 50,304 rows in the table unless the data set says otherwise.
/// </summary>
internal static partial class NanoGptConfig
{
    private const int UsualVocab = 50_304;

    /// <summary>The shape.</summary>
    /// <exception cref="InputException">No assignment of nanoGPT's is in the file, or a value is out of range.</exception>
    public static TransformerShape Read(string file)
    {
        var given = Assignment().Matches(File.ReadAllText(file)).GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(group => group.Key, group => group.Last().Groups["value"].Value.Trim());
        if (!given.ContainsKey("n_layer") && !given.ContainsKey("n_embd"))
            throw new InputException($"{file}: no n_layer or n_embd is assigned, as nanoGPT's configuration files do");
        var (d, heads, bias) = (Number("n_embd", 768), Number("n_head", 12), given.GetValueOrDefault("bias") == "True");
        return ShapeLimits.Checked(
            new()
            {
                Name = Path.GetFileNameWithoutExtension(file),
                Layers = Number("n_layer", 12),
                DModel = d,
                Heads = heads,
                KvHeads = heads,
                HeadDim = Math.Max(1, d / heads),
                DFfn = (int)Math.Min(4L * d, int.MaxValue),
                FfnKind = FfnKind.Gelu,
                Vocab = Number("vocab_size", UsualVocab),
                TiedEmbeddings = true,
                Positions = PositionKind.Learned,
                MaxPositions = Number("block_size", 1024),
                Norm = NormKind.LayerNorm,
                NormBias = bias,
                QkvBias = bias,
                AttentionOutBias = bias,
                FfnBias = bias,
                Source = $"{Path.GetFileName(file)}, nanoGPT",
            },
            file);

        int Number(string name, int otherwise) => !given.TryGetValue(name, out var text) ? otherwise
            : int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 ? number
            : throw new InputException($"{file}: {name} is {text}, expected a whole number of at least 1");
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*)\s*=\s*(?<value>[^#\r\n]+)", RegexOptions.Multiline)]
    private static partial Regex Assignment();
}
