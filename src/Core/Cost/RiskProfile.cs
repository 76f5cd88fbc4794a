using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Cost;

/// <summary>The numbers of <c>profiles/risk.json</c>: what runs do besides their steps, each with its source.</summary>
[JsonConverter(typeof(RiskProfileConverter))]
public sealed record RiskProfile
{
    /// <summary>Version of the file format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>One number for each of <see cref="RunAssumption.All"/>, by its key.</summary>
    public required IReadOnlyDictionary<string, SourcedNumber> Numbers { get; init; }

    /// <summary>Billing by provider; the entry named <c>*</c> holds for the others.</summary>
    public required IReadOnlyList<ProviderBilling> Billing { get; init; }

    /// <summary>The numbers alone, as the models take them.</summary>
    public RunAssumptions Assumptions =>
        RunAssumption.All.Aggregate(new RunAssumptions(), (runs, assumption) => assumption.With(runs, Of(assumption).Value));

    /// <summary>A number with its source.</summary>
    public SourcedNumber Of(RunAssumption assumption) => Numbers[assumption.Key];

    /// <summary>The rule by which a provider bills.</summary>
    /// <param name="provider">Provider as in offers.</param>
    public BillingRule BillingOf(string provider)
    {
        var entry = Billing.FirstOrDefault(billing => billing.Provider == provider) ?? Billing.First(billing => billing.Provider == "*");
        return new(entry.UnitS, entry.MinimumS);
    }
}

/// <summary>A provider's way of counting time, with its source.</summary>
/// <param name="Provider">Provider as in offers; <c>*</c> for all others.</param>
/// <param name="UnitS">Billing unit in seconds.</param>
/// <param name="MinimumS">Least billed time in seconds.</param>
/// <param name="Kind"><c>documented</c>, <c>recalled</c> or <c>assumed</c>.</param>
/// <param name="Source">Where it was read.</param>
public sealed record ProviderBilling(string Provider, double UnitS, double MinimumS, string Kind, string Source);

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
            else if (!numbers.TryAdd(key, JsonSerializer.Deserialize(ref reader, CostJson.Default.SourcedNumber) ?? throw new JsonException($"'{key}' is null")))
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
