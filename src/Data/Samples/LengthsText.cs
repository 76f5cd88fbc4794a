using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Samples;

namespace SlmPlanner.Data.Samples;

/// <summary>
/// Reads lengths of samples: a histogram as <c>tokens:count,…</c>, where a length alone counts once, or a file.
/// </summary>
public static class LengthsText
{
    /// <summary>True of a histogram, which names no file.</summary>
    public static bool IsHistogram(string text) => text.Trim().Length > 0
        && text.All(letter => char.IsAsciiDigit(letter) || letter is ',' or ':' or '.' or ' ');

    /// <summary>The lengths.</summary>
    /// <param name="text">A histogram or the path of a file.</param>
    /// <exception cref="InputException">Neither, or out of range; with the place and what is expected.</exception>
    public static SampleLengths Read(string text) => IsHistogram(text) && !File.Exists(text) ? Histogram(text)
        : File.Exists(text) ? LengthsFile.Read(text)
        : throw new InputException($"lengths are '{text}': no such file, and no histogram as 256:4000,1024:800 (tokens:count)");

    private static SampleLengths Histogram(string text)
    {
        var bins = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Bin).ToList();
        return bins.Count > 0 ? new(bins) : throw new InputException($"lengths are '{text}', expected tokens:count,…");
    }

    private static LengthCount Bin(string part)
    {
        var pair = part.Split(':', StringSplitOptions.TrimEntries);
        return pair.Length <= 2 && Number(pair[0]) is { } tokens && (pair.Length == 1 ? 1 : Number(pair[1])) is { } count
            ? new(tokens, count)
            : throw new InputException($"lengths: '{part}' is not tokens:count with tokens 1 to {LengthsFile.MostTokens} and a count "
                + $"above 0");
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= 1e12
        ? number : null;
}
