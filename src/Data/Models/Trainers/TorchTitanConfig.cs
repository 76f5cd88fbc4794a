using System.Text.Json;
using System.Text.RegularExpressions;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Data.Models.Trainers;

/// <summary>
/// torchtitan's TOML files, which name a flavour: <c>[model] name = "llama3", flavor = "8B"</c>. What a flavour is stands in the table
/// <c>torchtitan-flavors.json</c> beside this file, with its source.
/// </summary>
internal static partial class TorchTitanConfig
{
    private static readonly JsonElement Flavors = Load();

    /// <summary>The shape.</summary>
    /// <exception cref="InputException">The file names no model and flavour, or none that is known.</exception>
    public static TransformerShape Read(string file)
    {
        var text = File.ReadAllText(file);
        var section = Section().Match(text).Groups["body"].Value;
        var given = Assignment().Matches(section).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        if (!given.TryGetValue("name", out var name) || !given.TryGetValue("flavor", out var flavor))
            throw new InputException($"{file}: no [model] with name and flavor, as torchtitan's files have");
        if (Flavor($"{name} {flavor}") is not { } shape)
        {
            var known = Flavors.GetProperty("flavors").EnumerateObject().Select(entry => entry.Name);
            throw new InputException($"{file}: the flavour \"{name} {flavor}\" is not known, known {string.Join(", ", known)}; give its "
                + $"arguments as JSON (dim, n_layers, n_heads, …)");
        }
        return shape with { Name = $"{name}-{flavor}", Source = $"{Path.GetFileName(file)}, torchtitan {name} {flavor}" };
    }

    /// <summary>
    /// The shape that a name and a flavour stand for, as torchtitan prints them (<c>llama3 8B</c>); null where it is not known.
    /// </summary>
    public static TransformerShape? Flavor(string name) => Flavors.GetProperty("flavors").TryGetProperty(name, out var arguments)
        ? LlamaParams.Read(arguments, "torchtitan-flavors.json") with { Name = name.Replace(' ', '-'), Source = $"torchtitan {name}" }
        : null;

    private static JsonElement Load()
    {
        using var stream = typeof(TorchTitanConfig).Assembly.GetManifestResourceStream("torchtitan-flavors.json")
            ?? throw new InvalidOperationException("the table torchtitan-flavors.json is not in the assembly");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"(?ms)^\[model\]\s*$(?<body>.*?)(?=^\[|\z)")]
    private static partial Regex Section();

    [GeneratedRegex("""(?m)^\s*(?<name>name|flavor)\s*=\s*"(?<value>[^"]*)""")]
    private static partial Regex Assignment();
}
