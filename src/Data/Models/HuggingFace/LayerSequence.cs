using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>Layers that differ from each other.</summary>
internal static class LayerSequence
{
    /// <summary>More layers than any shape may have are not written out: the limits of a shape refuse them.</summary>
    private const int Most = 1000;

    /// <summary>The attention of a shape's usual block.</summary>
    public static SelfAttention Attention(this TransformerShape shape) => (SelfAttention)shape.UsualBlock.Mixer!;

    /// <summary>The shape with the blocks that a function gives for each layer; as it is where all are its usual one.</summary>
    public static TransformerShape Each(this TransformerShape shape, Func<int, Block> block)
    {
        if (shape.Layers is < 1 or > Most)
            return shape;
        var sequence = new BlockSequence(Enumerable.Range(0, shape.Layers).Select(block));
        return sequence.Count == 1 && sequence[0].Block == shape.UsualBlock ? shape : shape with { Sequence = sequence };
    }

    /// <summary>The shape with every block changed.</summary>
    public static TransformerShape EachBlock(this TransformerShape shape, Func<Block, Block> change)
    {
        Block[] blocks = [.. shape.Blocks.Take(Most).SelectMany(run => Enumerable.Repeat(run.Block, Math.Min(run.Count, Most)))];
        return shape.Each(layer => change(blocks[layer]));
    }

    /// <summary>The shape with a window in some layers: those that <c>layer_types</c> names, else those that a rule does.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="config">Its configuration, with <c>sliding_window</c>.</param>
    /// <param name="isLocal">Whether a layer has a window where the configuration does not list them.</param>
    public static TransformerShape Windowed(this TransformerShape shape, ConfigFields config, Func<int, bool> isLocal)
    {
        var kinds = Kinds(shape, config, "full_attention", "sliding_attention");
        if (config.OptionalCount("sliding_window") is not { } window)
            return shape;
        Block[] blocks = [.. shape.Blocks.Take(Most).SelectMany(run => Enumerable.Repeat(run.Block, Math.Min(run.Count, Most)))];
        return shape.Each(layer => kinds is null ? With(layer, isLocal(layer)) : With(layer, kinds[layer] == "sliding_attention"));

        Block With(int layer, bool local) => local && blocks[layer].Mixer is SelfAttention attention
            ? blocks[layer] with { Mixer = attention with { Window = window } } : blocks[layer];
    }

    /// <summary><c>layer_types</c>, one of each layer; null where it is not there.</summary>
    public static IReadOnlyList<string>? Kinds(this TransformerShape shape, ConfigFields config, params string[] known) =>
        Kinds(shape, config, "layer_types", known);

    /// <summary>A list with one kind for each layer; null where it is not there or can't be used, which is noted.</summary>
    public static IReadOnlyList<string>? Kinds(TransformerShape shape, ConfigFields config, string member, string[] known)
    {
        if (config.Texts(member) is not { } kinds)
            return null;
        if (kinds.FirstOrDefault(kind => !known.Contains(kind)) is { } other)
            config.Refuse($"{member} has \"{other}\", supported {string.Join(", ", known)}");
        else if (kinds.Count != shape.Layers)
            config.Refuse($"{member} has {kinds.Count} entries for {shape.Layers} layers");
        else
            return kinds;
        return null;
    }
}
