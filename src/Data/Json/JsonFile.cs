using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Json;

/// <summary>Reads JSON files by contract and says what is wrong with them by file, line and field.</summary>
public static class JsonFile
{
    /// <summary>The largest file that is read, in bytes; profiles are far smaller.</summary>
    public const long LargestBytes = 256L << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">Missing, unreadable, malformed or against the contract.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> contract) => Parse(Bytes(path), contract, path);

    /// <summary>Reads a file that states the version of its format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="contract">Its contract.</param>
    /// <param name="version">The version that the program reads.</param>
    /// <exception cref="InputException">Missing, unreadable, of another version, malformed or against the contract.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> contract, int version) => Read(path, contract, version, version);

    /// <summary>The same where several versions are read.</summary>
    /// <exception cref="InputException">Missing, unreadable, of a version out of range, malformed or against the contract.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> contract, int oldest, int newest)
    {
        var json = Bytes(path);
        FormatVersion.Check(json, oldest, newest, path);
        return Parse(json, contract, path);
    }

    /// <summary>The version that a file states; null for none.</summary>
    /// <exception cref="InputException">Missing or unreadable.</exception>
    public static long? Version(string path) => FormatVersion.Of(Bytes(path));

    /// <summary>The same for a text that is already in memory.</summary>
    public static T Parse<T>(string json, JsonTypeInfo<T> contract, string name) => Parse(Encoding.UTF8.GetBytes(json), contract, name);

    /// <summary>Reads a table that ships inside a program, beside a type that uses it.</summary>
    /// <param name="type">The type: the table has its namespace and is in its assembly.</param>
    /// <param name="file">The table's file name.</param>
    /// <param name="contract">Its contract.</param>
    /// <exception cref="InputException">Malformed or against the contract.</exception>
    public static T Beside<T>(Type type, string file, JsonTypeInfo<T> contract)
    {
        using var stream = type.Assembly.GetManifestResourceStream(type, file)
            ?? throw new InvalidOperationException($"the table {file} is not in the assembly");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), contract, file);
    }

    private static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> contract, string name)
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

    /// <summary>The file's bytes without a byte-order mark.</summary>
    private static ReadOnlySpan<byte> Bytes(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > LargestBytes)
                throw new InputException($"{path}: {length} bytes, allowed at most {LargestBytes}");
            ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
            return bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
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
