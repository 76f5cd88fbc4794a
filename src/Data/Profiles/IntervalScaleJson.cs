using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Data.Profiles;

/// <summary>
/// An interval scale as an object from level to factor, <c>{"50":0.9,…,"99":1.4}</c>, levels in per cent. Files of version 1 have one
/// number, which is the factor of every level.
/// </summary>
internal sealed class IntervalScaleJson : JsonConverter<IntervalScale>
{
    private const int Digits = 4;

    private static readonly string[] Names =
        [.. IntervalScale.Levels.Select(level => (100 * level).ToString("0.##", CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public override IntervalScale Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return IntervalScale.Flat(Above(reader.GetDouble()));
        var factors = new double[Names.Length];
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("an interval scale is a number or an object from level to factor");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var level = Array.IndexOf(Names, reader.GetString());
            if (level < 0 || !reader.Read() || reader.TokenType != JsonTokenType.Number)
                throw new JsonException($"an interval scale has a number for each of the levels {string.Join(", ", Names)}");
            factors[level] = Above(reader.GetDouble());
        }
        return factors.All(factor => factor > 0) ? new(factors)
            : throw new JsonException($"an interval scale has a number for each of the levels {string.Join(", ", Names)}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IntervalScale value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        for (var level = 0; level < Names.Length; level++)
            writer.WriteNumber(Names[level], Math.Round(value.Factors[level], Digits));
        writer.WriteEndObject();
    }

    private static double Above(double factor) => factor > 0 && double.IsFinite(factor) ? factor
        : throw new JsonException("a factor of an interval must be above 0");
}
