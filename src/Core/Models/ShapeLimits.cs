using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Core.Models;

/// <summary>
/// What a shape may be. The bounds are far beyond small models, and tight enough that no count overflows 64 bits:
/// at the upper ends of all of them a model has 2 · 10^15 parameters.
/// </summary>
public static class ShapeLimits
{
    /// <summary>Returns the shape if it is valid.</summary>
    /// <param name="shape">The shape to check.</param>
    /// <param name="origin">Where it came from, to begin the message with: a file or an option.</param>
    /// <exception cref="InputException">Lists every problem with its value and the allowed range.</exception>
    public static TransformerShape Checked(TransformerShape shape, string origin)
    {
        var problems = Problems(shape).ToList();
        return problems.Count == 0
            ? shape
            : throw new InputException($"{origin}: {string.Join("; ", problems)}");
    }

    /// <summary>Every problem of a shape, in the order of its fields; none when it is valid.</summary>
    public static IEnumerable<string> Problems(TransformerShape shape)
    {
        (string Field, int Value, int Largest)[] ranges =
        [
            ("n_layers", shape.Layers, 1_000),
            ("d_model", shape.DModel, 65_536),
            ("vocab", shape.Vocab, 10_000_000),
            ("max_positions", shape.MaxPositions, 100_000_000),
            ("embedding_width", shape.EmbeddingWidth ?? 1, 65_536),
        ];
        if (string.IsNullOrWhiteSpace(shape.Name))
            yield return "name is empty, a model needs one";
        foreach (var problem in ranges.SelectMany(range => BlockLimits.Range(range.Field, range.Value, range.Largest)))
            yield return problem;
        foreach (var problem in shape.Blocks.Kinds.SelectMany(kind => BlockLimits.Problems(kind.Block)))
            yield return problem;
        if (shape.Sequence is { } blocks && blocks.Layers != shape.Layers)
            yield return $"n_layers is {shape.Layers}, expected the {blocks.Layers} blocks that are described";
    }
}
