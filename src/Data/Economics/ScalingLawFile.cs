using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Scaling laws as files: <c>loss/NAME.json</c> under a profiles folder.</summary>
public static class ScalingLawFile
{
    /// <summary>The law used unless another is named: the replication of Besiroglu et al. 2024.</summary>
    public const string DefaultName = "besiroglu-2024";

    /// <summary>The law with an exponent over both terms, fitted here.</summary>
    public const string SkalingName = "skaling-2026";

    /// <summary>Names of the laws in a profiles folder, sorted.</summary>
    public static IReadOnlyList<string> Names(string profiles) =>
        [.. Directory.EnumerateFiles(Path.Combine(profiles, "loss"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)];

    /// <summary>Reads and checks one law.</summary>
    /// <exception cref="InputException">No such law, malformed JSON, or a constant outside its range.</exception>
    public static ScalingLaw Read(string profiles, string name = DefaultName)
    {
        var path = Path.Combine(profiles, "loss", name + ".json");
        // A name is one of those at hand, so that no text of a request becomes a path.
        if (!Directory.Exists(Path.Combine(profiles, "loss")) || !Names(profiles).Contains(name))
            throw new InputException($"scaling law '{name}' is unknown; known: {string.Join(", ", Names(profiles))}");
        var law = Parse(File.ReadAllText(path), path);
        if (law.Name != name)
            throw new InputException($"{path}: name is '{law.Name}', the file's name says '{name}'");
        return law;
    }

    /// <summary>Parses and checks a law; <paramref name="origin"/> names the text in messages.</summary>
    /// <exception cref="InputException">Malformed JSON, or a constant outside its range.</exception>
    public static ScalingLaw Parse(string json, string origin)
    {
        FormatVersion.Check(json, FormatVersion.OfDataFiles, origin);
        var law = JsonFile.Parse(json, LossJson.Default.ScalingLaw, origin);
        Check(law, origin);
        return law;
    }

    private static void Check(ScalingLaw law, string origin)
    {
        Within(law.Vocabulary, 1, 1 << 24, "vocabulary", origin);
        Positive(law.E.Value, "e", origin);
        Positive(law.A.Value, "a", origin);
        Positive(law.B.Value, "b", origin);
        Within(law.Alpha.Value, 0.01, 2, "alpha", origin);
        Within(law.Beta.Value, 0.01, 2, "beta", origin);
        Within(law.K?.Value ?? 1, 0.05, 1, "k", origin);
        Within(law.HeldOutSpread ?? 0, 0, 0.5, "held_out_spread", origin);
        Within(law.HeldOutError ?? 0, 0, 0.5, "held_out_error", origin);
        Within(law.PrefactorExponentCorrelation, -1, 1, "prefactor_exponent_correlation", origin);
        Within(law.SeedSpread, 0, 0.1, "seed_spread", origin);
        Positive(law.Range.ParametersMin, "range.parameters_min", origin);
        Positive(law.Range.TokensMin, "range.tokens_min", origin);
    }

    private static void Positive(double value, string field, string origin) =>
        Within(value, double.Epsilon, double.MaxValue, field, origin);

    private static void Within(double value, double low, double high, string field, string origin) =>
        new AllowedRange(field, low, high).Check(value, origin);
}
