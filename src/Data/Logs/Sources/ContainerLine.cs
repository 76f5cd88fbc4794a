using System.Text.Json;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Sources;

/// <summary>
/// A line as containers' logs wrap it. Docker's json-file driver: <c>{"log":"text\n","stream":"stdout","time":"…"}</c>, long lines in
/// several parts of which the last alone ends with a line feed. Kubernetes (CRI): <c>2026-01-02T03:04:05.6Z stdout F text</c>, with P
/// instead of F where the line goes on. With <c>docker logs -t</c> and <c>kubectl logs --timestamps</c> the stamp alone stands before the
/// text, in up to nine digits after the second.
/// </summary>
internal static class ContainerLine
{
    private const int ShortestStamp = 20, LongestStamp = 40, SecondsEnd = 19;

    /// <summary>Programs stamp their own lines to the microsecond at most; what has more digits is a runtime's.</summary>
    private const int LeastDigits = 7;

    /// <summary>Whether a log's first line is wrapped.</summary>
    public static bool Knows(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOf((byte)'\n');
        var line = end < 0 ? start : start[..end];
        return TextAt(line) >= 0 || (StampEnd(line, out var digits) > 0 && digits >= LeastDigits)
            || (line.StartsWith("{"u8) && Docker(line, out _) is not null);
    }

    /// <summary>What was wrapped, with its line feed where the line ends there; the line itself where nothing is around it.</summary>
    /// <param name="line">A line without its line feed.</param>
    /// <param name="plain">Takes the bytes.</param>
    /// <returns>When it arrived, seconds since 1970; NaN where nothing says so.</returns>
    public static double Unwrap(ReadOnlySpan<byte> line, MemoryStream plain)
    {
        if (line.StartsWith("{"u8) && Docker(line, out var time) is { } text)
        {
            plain.Write(text);
            return time;
        }
        var (at, end) = (TextAt(line), StampEnd(line, out _));
        plain.Write(at >= 0 ? line[at..] : end > 0 ? line[Math.Min(line.Length, end + 1)..] : line);
        if (at < 0 || line[at - 2] == (byte)'F')
            plain.WriteByte((byte)'\n');
        return at >= 0 || end > 0 ? LineClock.Of(line) : double.NaN;
    }

    /// <summary>Where the text of a line of Kubernetes begins; -1 for any other line.</summary>
    private static int TextAt(ReadOnlySpan<byte> line)
    {
        var blank = line.IndexOf((byte)' ');
        if (blank is < ShortestStamp or > LongestStamp || line[4] != '-' || line[10] != 'T' || line[13] != ':')
            return -1;
        var rest = line[(blank + 1)..];
        if (!rest.StartsWith("stdout "u8) && !rest.StartsWith("stderr "u8))
            return -1;
        rest = rest["stdout ".Length..];
        return rest.Length >= 2 && rest[0] is (byte)'F' or (byte)'P' && rest[1] == (byte)' ' ? line.Length - rest.Length + 2 : -1;
    }

    /// <summary>
    /// Where a runtime's stamp ends, <c>2026-01-02T03:04:05.678901234Z</c> or with an offset; 0 where none begins the line.
    /// </summary>
    private static int StampEnd(ReadOnlySpan<byte> line, out int digits)
    {
        digits = 0;
        var blank = line.IndexOf((byte)' ');
        var end = blank < 0 ? line.Length : blank;
        if (end is < ShortestStamp or > LongestStamp || line[4] != '-' || line[10] != 'T' || line[13] != ':' || line[SecondsEnd] != '.')
            return 0;
        digits = line[(SecondsEnd + 1)..end].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && line[SecondsEnd + 1 + digits] is (byte)'Z' or (byte)'+' or (byte)'-' ? end : 0;
    }

    /// <summary>The text of Docker's object and when it came; null where the line is none.</summary>
    private static byte[]? Docker(ReadOnlySpan<byte> line, out double time)
    {
        byte[]? text = null;
        var isWrapped = false;
        time = double.NaN;
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read())
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var (isText, isTime) = (json.ValueTextEquals("log"u8), json.ValueTextEquals("time"u8));
                isWrapped |= isTime || json.ValueTextEquals("stream"u8);
                json.Read();
                if (isText && json.TokenType == JsonTokenType.String)
                    text = Bytes(json);
                else if (isTime && json.TokenType == JsonTokenType.String)
                    time = LineClock.Of(json.ValueSpan);
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
