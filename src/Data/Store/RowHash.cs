using System.Security.Cryptography;
using System.Text.Json;

namespace SlmPlanner.Data.Store;

/// <summary>The hash of a row's content: SHA-256 of its values as a JSON array, 64 hexadecimal digits in lower case.</summary>
internal static class RowHash
{
    /// <summary>The hash of values in the order of their columns: texts, whole numbers, numbers or nothing.</summary>
    public static string Of(IReadOnlyList<object?> values)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            foreach (var value in values)
                Write(writer, value);
            writer.WriteEndArray();
        }
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or DBNull: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case long or int: writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case double number: writer.WriteNumberValue(number); break;
            default: throw new ArgumentException($"a column can't hold {value.GetType().Name}");
        }
    }
}
