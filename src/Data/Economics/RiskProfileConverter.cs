using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Data.Economics;

/// <summary>The file's keys are those of <see cref="RunAssumption.All"/>, each once, beside the version and the billing rules.</summary>
internal sealed class RiskProfileConverter : JsonConverter<RiskProfile>
{
    private const string Version = "schema_version", Billing = "billing";

    /// <inheritdoc/>
    public override RiskProfile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("expected an object");
        var numbers = new Dictionary<string, SourcedNumber>();
        var (version, billing) = ((int?)null, (IReadOnlyList<ProviderBilling>?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (key == Version && version is null)
                version = reader.GetInt32();
            else if (key == Billing && billing is null)
                billing = JsonSerializer.Deserialize(ref reader, CostJson.Default.IReadOnlyListProviderBilling);
            else if (RunAssumption.All.All(assumption => assumption.Key != key))
                throw new JsonException($"'{key}' is not known or there twice; known are {string.Join(", ", Keys)}");
            else if (!numbers.TryAdd(key, JsonSerializer.Deserialize(ref reader, CostJson.Default.SourcedNumber)
                ?? throw new JsonException($"'{key}' is null")))
                throw new JsonException($"'{key}' is there twice");
        }

        if (Keys.FirstOrDefault(key => key != Version && key != Billing && !numbers.ContainsKey(key)) is { } missing)
            throw new JsonException($"'{missing}' is missing");
        return new()
        {
            SchemaVersion = version ?? throw new JsonException($"'{Version}' is missing"),
            Numbers = numbers,
            Billing = billing ?? throw new JsonException($"'{Billing}' is missing"),
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RiskProfile value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Version, value.SchemaVersion);
        foreach (var (key, number) in value.Numbers)
        {
            writer.WritePropertyName(key);
            JsonSerializer.Serialize(writer, number, CostJson.Default.SourcedNumber);
        }

        writer.WritePropertyName(Billing);
        JsonSerializer.Serialize(writer, value.Billing, CostJson.Default.IReadOnlyListProviderBilling);
        writer.WriteEndObject();
    }

    private static IEnumerable<string> Keys => RunAssumption.All.Select(assumption => assumption.Key).Append(Version).Append(Billing);
}
