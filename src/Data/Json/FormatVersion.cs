using System.Text;
using System.Text.Json;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Json;

/// <summary>
/// The version of its format that a JSON document states. It is read before the rest, so that what a newer program wrote is
/// refused as such, and not for a field that this program does not know.
/// </summary>
public static class FormatVersion
{
    /// <summary>The key of the version, at the top of a document.</summary>
    public const string Key = "schema_version";

    /// <summary>The version of the shipped data files (devices, models, stacks, networks, risk, loss and the like).</summary>
    public const int OfDataFiles = 1;

    /// <summary>
    /// Refuses a document that states another version than the program reads; one that states none is left to its contract.
    /// </summary>
    /// <param name="json">The document in UTF-8.</param>
    /// <param name="supported">The version that the program reads.</param>
    /// <param name="name">Stands in messages for the document.</param>
    /// <exception cref="InputException">Another version.</exception>
    public static void Check(ReadOnlySpan<byte> json, int supported, string name)
    {
        if (Stated(json) is { } stated)
            Check(stated, supported, name);
    }

    /// <summary>The same for a text.</summary>
    /// <exception cref="InputException">Another version.</exception>
    public static void Check(string json, int supported, string name) => Check(Encoding.UTF8.GetBytes(json), supported, name);

    /// <summary>The same where several versions are read.</summary>
    /// <exception cref="InputException">A version out of range.</exception>
    public static void Check(string json, int oldest, int newest, string name) => Check(Encoding.UTF8.GetBytes(json), oldest, newest, name);

    /// <summary>The same for a document in UTF-8.</summary>
    /// <exception cref="InputException">A version out of range.</exception>
    public static void Check(ReadOnlySpan<byte> json, int oldest, int newest, string name)
    {
        if (Stated(json) is { } stated && (stated < oldest || stated > newest))
            Check(stated, newest, name);
    }

    /// <summary>The version that a document states; null for none.</summary>
    public static long? Of(ReadOnlySpan<byte> json) => Stated(json);

    /// <summary>Refuses another version than the program reads.</summary>
    /// <exception cref="InputException">Another version.</exception>
    public static void Check(long stated, int supported, string name)
    {
        if (stated != supported)
            throw new InputException($"{name}: {Key} is {stated}, this program reads "
                + $"{supported}{(stated > supported ? ": a newer program wrote it" : "")}");
    }

    /// <summary>The version that a document states at its top; null for none, and for what is no JSON object.</summary>
    private static long? Stated(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isVersion = reader.ValueTextEquals(Key);
                if (!reader.Read())
                    return null;
                if (isVersion)
                    return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
        }
        return null;
    }
}
