namespace SlmPlanner.Data.Logs.Lines;

/// <summary>Takes colours and other terminal sequences (ECMA-48: ESC [ … letter, ESC ] … BEL) off a line.</summary>
internal static class Ansi
{
    private const byte Escape = 0x1B, Bell = 0x07;

    /// <summary>The line without them; the line itself where it has none.</summary>
    public static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> line, ref byte[] scratch)
    {
        var next = line.IndexOf(Escape);
        if (next < 0)
            return line;
        if (scratch.Length < line.Length)
            scratch = new byte[Math.Max(line.Length, 1 << 12)];
        var (kept, from) = (0, 0);
        while (next >= 0)
        {
            line[from..next].CopyTo(scratch.AsSpan(kept));
            kept += next - from;
            from = Math.Min(line.Length, EndOf(line, next) + 1);
            var following = line[from..].IndexOf(Escape);
            next = following < 0 ? -1 : from + following;
        }
        line[from..].CopyTo(scratch.AsSpan(kept));
        kept += line.Length - from;
        return scratch.AsSpan(0, kept);
    }

    private static int EndOf(ReadOnlySpan<byte> line, int start)
    {
        if (start + 1 >= line.Length)
            return start;
        var index = start + 2;
        switch (line[start + 1])
        {
            case (byte)'[':
                while (index < line.Length && line[index] is < 0x40 or > 0x7E)
                    index++;
                return index;
            case (byte)']':
                while (index < line.Length && line[index] is not Bell and not Escape)
                    index++;
                return index < line.Length && line[index] == Escape ? index + 1 : index;
            default:
                return start + 1;
        }
    }
}
