using System.Text.Json;

namespace SlmPlanner.Data.Logs.Sources;

/// <summary>
/// A line as containers' logs wrap it. Docker's json-file driver: <c>{"log":"text\n","stream":"stdout","time":"…"}</c>, long lines in
/// several parts of which the last alone ends with a line feed. Kubernetes (CRI): <c>2026-01-02T03:04:05.6Z stdout F text</c>, with P
/// instead of F where the line goes on.
/// </summary>
internal static class ContainerLine
{
    private const int LongestStamp = 40;

    /// <summary>Whether a log's first line is wrapped.</summary>
    public static bool Knows(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        var line = end < 0 ? start : start[..end];
        return TextAt(line) >= 0 || (line.StartsWith("{"u8) && Docker(line) is not null);
    }

    /// <summary>What was wrapped, with its line feed where the line ends there; the line itself where nothing is around it.</summary>
    /// <param name="line">A line without its line feed.</param>
    /// <param name="plain">Takes the bytes.</param>
    public static void Unwrap(ReadOnlySpan<byte> line, MemoryStream plain)
    {
        if (line.StartsWith("{"u8) && Docker(line) is { } text)
        {
            plain.Write(text);
            return;
        }
        var at = TextAt(line);
        plain.Write(at < 0 ? line : line[at..]);
        if (at < 0 || line[at - 2] == (byte)'F')
            plain.WriteByte((byte)'\n');
    }

    /// <summary>Where the text of a line of Kubernetes begins; -1 for any other line.</summary>
    private static int TextAt(ReadOnlySpan<byte> line)
    {
        var blank = line.IndexOf((byte)' ');
        if (blank is < 20 or > LongestStamp || line[4] != '-' || line[10] != 'T' || line[13] != ':')
            return -1;
        var rest = line[(blank + 1)..];
        if (!rest.StartsWith("stdout "u8) && !rest.StartsWith("stderr "u8))
            return -1;
        rest = rest["stdout ".Length..];
        return rest.Length >= 2 && rest[0] is (byte)'F' or (byte)'P' && rest[1] == (byte)' ' ? line.Length - rest.Length + 2 : -1;
    }

    /// <summary>The text of Docker's object; null where the line is none.</summary>
    private static byte[]? Docker(ReadOnlySpan<byte> line)
    {
        byte[]? text = null;
        var isWrapped = false;
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read())
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isText = json.ValueTextEquals("log"u8);
                isWrapped |= json.ValueTextEquals("stream"u8) || json.ValueTextEquals("time"u8);
                json.Read();
                if (isText && json.TokenType == JsonTokenType.String)
                    text = Bytes(json);
                else
                    json.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
        return isWrapped ? text : null;
    }

    private static byte[] Bytes(in Utf8JsonReader json)
    {
        var text = new byte[json.ValueSpan.Length];
        var length = json.CopyString(text);
        return text[..length];
    }
}
