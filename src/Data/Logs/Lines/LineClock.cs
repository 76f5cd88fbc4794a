namespace SlmPlanner.Data.Logs.Lines;

/// <summary>
/// The time stamp of a line, <c>2026-02-03 10:11:12,345</c> with a blank or T between and a comma or point before the fraction, in seconds
/// since 1970. A zone is not looked at: only differences are used.
/// </summary>
internal static class LineClock
{
    private const int Reach = 160;
    private const int Length = 19;

    /// <summary>The first stamp near the start of a line; NaN where there is none.</summary>
    public static double Of(ReadOnlySpan<byte> line)
    {
        var head = line[..Math.Min(line.Length, Reach)];
        for (var from = 0; from + Length <= head.Length;)
        {
            var at = head[from..].IndexOf("20"u8);
            if (at < 0)
                return double.NaN;
            from += at;
            if (from + Length <= head.Length && Stamp(head[from..]) is { } seconds)
                return seconds;
            from += 2;
        }
        return double.NaN;
    }

    private static double? Stamp(ReadOnlySpan<byte> text)
    {
        if (text[4] != '-' || text[7] != '-' || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':')
            return null;
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        if (year < 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return null;
        var whole = (new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds;
        var (fraction, unit) = (0.0, 0.1);
        if (text.Length > Length && text[Length] is (byte)',' or (byte)'.')
            for (var index = Length + 1; index < text.Length && index < Length + 7 && text[index] is >= (byte)'0' and <= (byte)'9'; index++,
                unit /= 10)
                fraction += (text[index] - (byte)'0') * unit;
        return whole + fraction;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return -1;
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
