using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SlmPlanner.Core.Profiles;

/// <summary>Reads JSON files by contract and says what is wrong with them by file, line and field.</summary>
public static class JsonFile
{
    /// <summary>The largest file that is read, in bytes; profiles are far smaller.</summary>
    public const long LargestBytes = 256L << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">Missing, unreadable, malformed or against the contract.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> contract)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return stream.Length <= LargestBytes
                ? Parse(JsonSerializer.Deserialize(stream, contract), path)
                : throw new InputException($"{path}: {stream.Length} bytes, allowed at most {LargestBytes}");
        }
        catch (JsonException exception)
        {
            throw Complaint(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }
    }

    /// <summary>The same for a text that is already in memory.</summary>
    public static T Parse<T>(string json, JsonTypeInfo<T> contract, string name)
    {
        try
        {
            return Parse(JsonSerializer.Deserialize(json, contract), name);
        }
        catch (JsonException exception)
        {
            throw Complaint(name, exception);
        }
    }

    private static T Parse<T>(T? value, string name) =>
        value ?? throw new InputException($"{name}: holds 'null', expected an object");

    private static InputException Complaint(string name, JsonException exception)
    {
        var line = exception.LineNumber is { } number ? $", line {number + 1}, column {exception.BytePositionInLine + 1}" : "";
        var field = exception.Path is { Length: > 1 } path ? $", field {path}" : "";
        var end = exception.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return new($"{name}{line}{field}: {(end < 0 ? exception.Message : exception.Message[..end])}", exception);
    }
}
