using SlmPlanner.Core;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Planner.Schemas;

/// <summary>The JSON Schemas that are published in docs/schema and carried inside the program.</summary>
internal static class PublishedSchema
{
    private const string Prefix = "schema/";
    private const string Suffix = ".schema.json";

    /// <summary>The names there are, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(PublishedSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The schema of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static string Read(string name)
    {
        if (!Names.Contains(name))
            throw new InputException(NearestNames.Unknown("schema", name, Names));
        using var stream = typeof(PublishedSchema).Assembly.GetManifestResourceStream(Prefix + name + Suffix)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
