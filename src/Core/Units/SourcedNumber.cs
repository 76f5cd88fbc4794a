using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Units;

/// <summary>A number with where it comes from; its unit is in the name of the field that holds it.</summary>
/// <param name="Value">The number.</param>
/// <param name="Kind">How well it is known.</param>
/// <param name="Source">Sources, at least one: keys into <c>sources.json</c>, or the source or the reason for an assumption in
/// words.</param>
/// <param name="Date">The newest date among the sources: their own, or when they were read; null where the source states its own.</param>
public sealed record SourcedNumber(
    double Value,
    SourceKind Kind,
    [property: JsonConverter(typeof(SourceTexts))] IReadOnlyList<string> Source,
    DateOnly? Date = null)
{
    /// <summary>The sources in one line.</summary>
    public string SourceText() => string.Join("; ", Source);
}

/// <summary>How well a number is known.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SourceKind>))]
public enum SourceKind
{
    /// <summary>Read in the maker's datasheets or in files that quote them.</summary>
    [JsonStringEnumMemberName("datasheet")] Datasheet,

    /// <summary>Read in a publication.</summary>
    [JsonStringEnumMemberName("published")] Published,

    /// <summary>Read in a provider's or program's manual.</summary>
    [JsonStringEnumMemberName("documented")] Documented,

    /// <summary>As remembered, the page not at hand: unverified.</summary>
    [JsonStringEnumMemberName("recalled")] Recalled,

    /// <summary>Follows from another number by the rule that the source states.</summary>
    [JsonStringEnumMemberName("derived")] Derived,

    /// <summary>Measured on the device.</summary>
    [JsonStringEnumMemberName("measured")] Measured,

    /// <summary>Assumed for the reason that the source states.</summary>
    [JsonStringEnumMemberName("assumed")] Assumed,
}

/// <summary>One source as a text, several as a list.</summary>
public sealed class SourceTexts : JsonConverter<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return [reader.GetString()!];
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Neither();
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Neither());
        return texts;
    }

    private static JsonException Neither() => new("a source is a text or a list of texts");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        if (value is [var only])
        {
            writer.WriteStringValue(only);
            return;
        }
        writer.WriteStartArray();
        foreach (var text in value)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
