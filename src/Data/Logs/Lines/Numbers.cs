using System.Buffers.Text;

namespace SlmPlanner.Data.Logs.Lines;

/// <summary>Numbers in lines of logs.</summary>
internal static class Numbers
{
    /// <summary>
    /// The number after a key; NaN where the key is missing or what follows is no number. Blanks may stand between, and commas between
    /// groups of three digits.
    /// </summary>
    public static double After(this ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        var at = line.IndexOf(key);
        return at < 0 ? double.NaN : Leading(line[(at + key.Length)..], out _);
    }

    /// <summary>The number after a key, where a text may stand between the two; NaN likewise.</summary>
    public static double After(this ReadOnlySpan<byte> line, ReadOnlySpan<byte> key, ReadOnlySpan<byte> passed)
    {
        var at = line.IndexOf(key);
        if (at < 0)
            return double.NaN;
        var rest = line[(at + key.Length)..];
        return Leading(rest.StartsWith(passed) ? rest[passed.Length..] : rest, out _);
    }

    /// <summary>The number after a key, with a letter for thousands after it: <c>1.91K</c>, <c>2.1M</c>, <c>3B</c>; NaN likewise.</summary>
    public static double HumanAfter(this ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        var at = line.IndexOf(key);
        if (at < 0)
            return double.NaN;
        var rest = line[(at + key.Length)..];
        var number = Leading(rest, out var length);
        return number * (length < rest.Length ? rest[length] : (byte)' ') switch
        {
            (byte)'K' => 1e3,
            (byte)'M' => 1e6,
            (byte)'B' or (byte)'G' => 1e9,
            (byte)'T' => 1e12,
            (byte)'P' => 1e15,
            _ => 1,
        };
    }

    /// <summary>The whole number after a key; -1 where there is none.</summary>
    public static int CountAfter(this ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        var at = line.IndexOf(key);
        if (at < 0)
            return -1;
        var rest = line[(at + key.Length)..];
        return Count(rest) is >= 0 and var count ? count : Whole(Leading(rest, out _));
    }

    /// <summary>
    /// The digits at the start of a text as a whole number, blanks before them passed over; -1 where a number of another kind begins.
    /// </summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var index = 0;
        while (index < text.Length && text[index] == (byte)' ')
            index++;
        var (start, number) = (index, 0L);
        for (; index < text.Length && IsDigit(text[index]); index++)
            if ((number = number * 10 + text[index] - '0') > int.MaxValue)
                return -1;
        var goesOn = index < text.Length && text[index] is (byte)'.' or (byte)',' or (byte)'e' or (byte)'E' or 0x1B;
        return index == start || goesOn ? -1 : (int)number;
    }

    /// <summary>A number as a whole one from 0; -1 where it is none.</summary>
    public static int Whole(double number) => number is >= 0 and <= int.MaxValue ? (int)number : -1;

    /// <summary>The number at the start of a text, blanks before it passed over; NaN where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How much of it the number takes, blanks included.</param>
    public static double Leading(ReadOnlySpan<byte> text, out int length)
    {
        var start = 0;
        while (start < text.Length && text[start] is (byte)' ' or (byte)'\t')
            start++;
        var number = text[start..];
        length = start;
        if (number.IsEmpty || number[0] is not (>= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'+' or (byte)'.'))
            return double.NaN;
        Span<byte> plain = stackalloc byte[64];
        var (kept, index) = (0, 0);
        var inFraction = false;
        for (; index < number.Length && kept < plain.Length; index++)
        {
            var letter = number[index];
            if (letter == (byte)',' && !inFraction && IsGroup(number[(index + 1)..]))
                continue;
            if (!IsPart(number, index, inFraction))
                break;
            inFraction |= letter is (byte)'.' or (byte)'e' or (byte)'E';
            plain[kept++] = letter;
        }
        if (!Utf8Parser.TryParse(plain[..kept], out double value, out var used) || used == 0)
            return double.NaN;
        length = start + index;
        return double.IsFinite(value) ? value : double.NaN;
    }

    private static bool IsPart(ReadOnlySpan<byte> number, int index, bool inFraction) => number[index] switch
    {
        >= (byte)'0' and <= (byte)'9' => true,
        (byte)'.' => !inFraction,
        (byte)'-' or (byte)'+' => index == 0 || number[index - 1] is (byte)'e' or (byte)'E',
        (byte)'e' or (byte)'E' => index > 0 && index + 1 < number.Length
            && (IsDigit(number[index + 1])
                || (number[index + 1] is (byte)'-' or (byte)'+' && index + 2 < number.Length && IsDigit(number[index + 2]))),
        _ => false,
    };

    private static bool IsGroup(ReadOnlySpan<byte> after) =>
        after.Length >= 3 && IsDigit(after[0]) && IsDigit(after[1]) && IsDigit(after[2]) && (after.Length == 3 || !IsDigit(after[3]));

    private static bool IsDigit(byte letter) => letter is >= (byte)'0' and <= (byte)'9';
}
