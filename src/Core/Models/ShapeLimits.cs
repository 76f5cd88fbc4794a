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
            ("n_heads", shape.Heads, 1_024),
            ("n_kv_heads", shape.KvHeads, 1_024),
            ("head_dim", shape.HeadDim, 4_096),
            ("d_ffn", shape.DFfn, 1_048_576),
            ("vocab", shape.Vocab, 10_000_000),
            ("max_positions", shape.MaxPositions, 100_000_000),
        ];
        if (string.IsNullOrWhiteSpace(shape.Name))
            yield return "name is empty, a model needs one";
        foreach (var (field, value, largest) in ranges)
        {
            if (value < 1 || value > largest)
                yield return $"{field} is {value}, allowed 1..{largest}";
        }

        if (shape.NormsPerLayer is < 0 or > 8)
            yield return $"norms_per_layer is {shape.NormsPerLayer}, allowed 0..8";
        if (shape.Heads > 0 && shape.KvHeads > 0 && shape.Heads % shape.KvHeads != 0)
            yield return $"n_kv_heads is {shape.KvHeads}, allowed the divisors of n_heads = {shape.Heads}";
    }
}
