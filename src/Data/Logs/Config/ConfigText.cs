using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Data.Models.Trainers;
using Tomlyn;
using Tomlyn.Model;

namespace SlmPlanner.Data.Logs.Config;

/// <summary>
/// The settings of a configuration as paths and texts, whatever its language: JSON, TOML, YAML, a shell script or Python.
/// </summary>
internal static class ConfigText
{
    private const int Deepest = 12;

    /// <summary>The settings in the order of the file.</summary>
    /// <exception cref="InputException">It is broken.</exception>
    public static IReadOnlyList<(string Path, string Value)> Pairs(string path, string text)
    {
        var pairs = new List<(string, string)>();
        try
        {
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".json":
                    using (var document = JsonDocument.Parse(text))
                        Walk(document.RootElement, "", pairs, 0);
                    break;
                case ".toml":
                    Comments(text, pairs);
                    Walk(TomlSerializer.Deserialize<TomlTable>(text), "", pairs, 0);
                    break;
                case ".yaml" or ".yml":
                    Comments(text, pairs);
                    Walk(YamlValues.Read(path), "", pairs, 0);
                    break;
                default:
                    ScriptText.Read(text, pairs);
                    break;
            }
        }
        catch (Exception exception) when (exception is not (InputException or IOException))
        {
            throw new InputException($"{path}: {exception.Message}", exception);
        }
        return pairs;
    }

    private static void Comments(string text, List<(string, string)> pairs)
    {
        foreach (var line in text.Split('\n').Where(line => line.StartsWith("# ", StringComparison.Ordinal)))
            ScriptText.Comment(line, pairs);
    }

    private static void Walk(JsonElement at, string path, List<(string, string)> pairs, int depth)
    {
        if (depth > Deepest)
            return;
        if (at.ValueKind == JsonValueKind.Object)
            foreach (var property in at.EnumerateObject())
                Walk(property.Value, Joined(path, property.Name), pairs, depth + 1);
        else if (at.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            pairs.Add((path, at.ToString()));
    }

    private static void Walk(object? at, string path, List<(string, string)> pairs, int depth)
    {
        if (depth > Deepest)
            return;
        switch (at)
        {
            case TomlTable table:
                foreach (var (key, value) in table)
                    Walk(value, Joined(path, key), pairs, depth + 1);
                break;
            case string or bool or IFormattable:
                pairs.Add((path, Convert.ToString(at, System.Globalization.CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }

    private static string Joined(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
