using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SlmPlanner.Core.Profiles;

/// <summary>Reads JSON files whose errors name the file, the line and the column.</summary>
public static class JsonFile
{
    /// <summary>Largest file read, 64 MiB: our documents and model configurations are far smaller.</summary>
    public const long LargestBytes = 64L << 20;

    /// <summary>Reads a whole file as one <typeparamref name="T"/>, as strictly as its contract says.</summary>
    /// <exception cref="InputException">The file is missing, too large, malformed or breaks the contract.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> contract) =>
        Parsed(path, bytes => JsonSerializer.Deserialize(bytes, contract))
        ?? throw new InputException($"{path}: holds null, expected a JSON object");

    /// <summary>Parses a whole file without a contract.</summary>
    /// <exception cref="InputException">The file is missing, too large or malformed.</exception>
    public static JsonElement Parse(string path) =>
        Parsed(path, bytes =>
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        });

    private static T Parsed<T>(string path, Func<byte[], T> parse)
    {
        var bytes = ReadBytes(path);
        try
        {
            return parse(bytes);
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}{Position(exception)}: {Reason(exception)}", exception);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > LargestBytes)
                throw new InputException($"{path}: {length} bytes, allowed at most {LargestBytes}");
            var bytes = File.ReadAllBytes(path);
            return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }
    }

    /// <summary>":line:column", both counted from one, as compilers print them.</summary>
    private static string Position(JsonException exception) =>
        exception.LineNumber is { } line ? $":{line + 1}:{exception.BytePositionInLine + 1}" : "";

    /// <summary>The parser's reason without its own account of the position.</summary>
    private static string Reason(JsonException exception)
    {
        var tail = exception.Message.IndexOfAny(" Path: ", " LineNumber: ");
        return tail < 0 ? exception.Message : exception.Message[..tail].TrimEnd('|', ' ');
    }

    private static int IndexOfAny(this string text, params ReadOnlySpan<string> tails)
    {
        var first = -1;
        foreach (var tail in tails)
        {
            var at = text.IndexOf(tail, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first))
                first = at;
        }

        return first;
    }
}
