using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Trainers;

/// <summary>
/// The contract of <c>trainers/NAME.json</c>: what a training program calls its settings, in which version, and where that was read.
/// </summary>
public sealed record TrainerTable
{
    /// <summary>Version of this format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The name that <c>--trainer</c> takes.</summary>
    public required string Name { get; init; }

    /// <summary>Where the program is.</summary>
    public required string Repository { get; init; }

    /// <summary>The version that the names are of.</summary>
    public required string Version { get; init; }

    /// <summary>Where the names were read.</summary>
    public required string Source { get; init; }

    /// <summary>When.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Shell lines that install the program, in order.</summary>
    public required IReadOnlyList<string> Install { get; init; }

    /// <summary>The settings by name; names inside one another are joined by dots.</summary>
    public required IReadOnlyDictionary<string, TrainerSetting> Settings { get; init; }

    /// <summary>Reads a table.</summary>
    /// <exception cref="InputException">It is missing or malformed.</exception>
    public static TrainerTable Read(string path) => JsonFile.Read(path, TrainerJson.Default.TrainerTable, FormatVersion.OfDataFiles);

    /// <summary>The setting, if it takes the value.</summary>
    /// <exception cref="InputException">The program has no such setting, or it does not take the value.</exception>
    public TrainerSetting Check(string name, string value)
    {
        if (!Settings.TryGetValue(name, out var setting))
            throw new InputException($"{Name} {Version}: {NearestNames.Unknown("setting", name, Settings.Keys)}");
        return setting.Values is null || setting.Values.Contains(value, StringComparer.Ordinal)
            ? setting : throw new InputException($"{Name} {Version}: {name} is '{value}', allowed {string.Join(", ", setting.Values)}");
    }
}

/// <summary>One setting of a training program.</summary>
/// <param name="Values">The values it takes; null for any of its type.</param>
/// <param name="Recalled">True where the name is remembered and was not read in the source.</param>
public sealed record TrainerSetting(IReadOnlyList<string>? Values = null, bool Recalled = false);

/// <summary>Strict contract of the files in <c>profiles/trainers</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TrainerTable))]
internal sealed partial class TrainerJson : JsonSerializerContext;
