using System.Text.Json;
using System.Text.RegularExpressions;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// What is known of the values of <c>model_type</c>, from the table <c>model-types.json</c> beside this file, which names its sources: what
/// a class takes for members that a configuration leaves out, other names, what is no decoder, members that change no count.
/// </summary>
internal static class ModelTypes
{
    private static readonly JsonElement Table = Load();
    private static readonly Regex Ignored = new(
        $"^({string.Join('|', Table.GetProperty("ignored").EnumerateArray().Select(pattern => pattern.GetString()))})$",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Members with their defaults; null where the type is not in the table.</summary>
    public static JsonElement? DefaultsOf(string type) =>
        Table.GetProperty("defaults").TryGetProperty(type, out var defaults) ? defaults : null;

    /// <summary>The name under which a type is known.</summary>
    public static string Named(string type) =>
        Table.GetProperty("aliases").TryGetProperty(type, out var other) ? other.GetString()! : type;

    /// <summary>The type whose class of Transformers an architecture names; null for others.</summary>
    public static string? OfArchitecture(string architecture) =>
        Table.GetProperty("architectures").TryGetProperty(architecture, out var type) ? type.GetString() : null;

    /// <summary>The type of the decoder that a version of a multimodal type has; null for others.</summary>
    public static string? OfVersion(string type, string version) =>
        Table.GetProperty("versions").TryGetProperty(type, out var versions) && versions.TryGetProperty(version, out var decoder)
            ? decoder.GetString() : null;

    /// <summary>The type of the decoder inside a multimodal model whose part does not say its own.</summary>
    public static string? TextOf(string? type) =>
        type is not null && Table.GetProperty("text_parts").TryGetProperty(type, out var part) ? part.GetString() : null;

    /// <summary>What kind of model a type is that is no decoder; null for others.</summary>
    public static string? OtherKindOf(string type) => Table.GetProperty("not_decoders").EnumerateObject()
        .Where(kind => kind.Value.EnumerateArray().Any(name => name.GetString() == type)).Select(kind => kind.Name).FirstOrDefault();

    /// <summary>Why a type is known and yet not read; null for others.</summary>
    public static string? Unreadable(string type) =>
        Table.GetProperty("unreadable").TryGetProperty(type, out var reason) ? reason.GetString() : null;

    /// <summary>True of members of which it is known that no count depends on them.</summary>
    public static bool ChangesNoCount(string member) => Ignored.IsMatch(member);

    private static JsonElement Load()
    {
        using var stream = typeof(ModelTypes).Assembly.GetManifestResourceStream("model-types.json")
            ?? throw new InvalidOperationException("the table model-types.json is not in the assembly");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
