namespace SlmPlanner.Data.Logs.Lines;

/// <summary>
/// The time stamp at the head of a line that begins with the month: <c>08/31/2026 14:37:31</c>, or without the year <c>08/31 14:37:31</c>.
/// Without it only the seconds since the first stamp are known; a new year in between is allowed for.
/// </summary>
internal sealed class MonthDayClock
{
    private const int Reach = 64, LeapYear = 2024;
    private const int DayLength = 5, TimeLength = 8, YearLength = 5;

    /// <summary>A stamp that seems so many seconds earlier is one of the next year.</summary>
    private const double HalfYear = 183 * 86_400.0, Year = 365 * 86_400.0;

    private double _first = double.NaN;

    /// <summary>Whether the stamps have no year, so that seconds count from the first of them.</summary>
    public bool IsElapsed { get; private set; }

    /// <summary>Seconds since 1970 with a year, since the first stamp without; NaN where a line has none.</summary>
    public double Of(ReadOnlySpan<byte> line)
    {
        var head = line[..Math.Min(line.Length, Reach)];
        for (var from = 0; from + DayLength + 1 + TimeLength <= head.Length; from++)
        {
            var slash = head[from..].IndexOf((byte)'/');
            if (slash < 0)
                return double.NaN;
            from += slash;
            if (from >= 2 && Stamp(head[(from - 2)..]) is { } seconds)
                return seconds;
        }
        return double.NaN;
    }

    private double? Stamp(ReadOnlySpan<byte> text)
    {
        var hasYear = text.Length > DayLength && text[DayLength] == (byte)'/';
        var at = hasYear ? DayLength + YearLength : DayLength;
        if (text.Length < at + 1 + TimeLength || text[at] != (byte)' ' || text[at + 3] != (byte)':' || text[at + 6] != (byte)':')
            return null;
        var time = text[(at + 1)..];
        var (month, day, year) = (Digits(text[..2]), Digits(text[3..5]), hasYear ? Digits(text[6..10]) : LeapYear);
        var (hour, minute, second) = (Digits(time[..2]), Digits(time[3..5]), Digits(time[6..8]));
        if (year is < 1970 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return null;
        var seconds = (new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds;
        if (hasYear)
            return seconds;
        IsElapsed = true;
        if (double.IsNaN(_first))
            _first = seconds;
        return seconds - _first < -HalfYear ? seconds - _first + Year : seconds - _first;
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
