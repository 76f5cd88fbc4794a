using System.Globalization;
using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Samples;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Samples;

/// <summary>
/// Reads how long samples are from a data file, line by line: JSON lines with a member that says it, with <c>input_ids</c>, or with texts;
/// a CSV with the column <c>length</c> and perhaps <c>count</c>; or a text of one length a line, perhaps with a count behind it.
/// </summary>
internal static class LengthsFile
{
    /// <summary>Longest sample that is believed, tokens.</summary>
    public const int MostTokens = 10_000_000;

    public static SampleLengths Read(string path)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".jsonl" or ".ndjson" => Tally.Of(path, Lines(path).Select(line => SampleJson.Length(path, line.Number, line.Text))),
                ".json" => Tally.Of(path, SampleJson.Lengths(path)),
                ".csv" => Tally.Of(path, Csv(path)),
                ".parquet" or ".arrow" => throw new InputException(
                    $"{path}: a table of that format is not read; write its lengths one a line, or as JSON lines"),
                _ => Tally.Of(path, Lines(path).Select(line => Plain(path, line))),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {exception.Message}", exception);
        }
    }

    private static IEnumerable<(int Number, string Text)> Lines(string path) =>
        File.ReadLines(path).Select((text, index) => (Number: index + 1, Text: text.Trim())).Where(line => line.Text.Length > 0);

    private static IEnumerable<SampleLength> Csv(string path)
    {
        using var rows = CsvRows.Open(path);
        var (length, count) = (rows.Optional("length") ?? rows.Optional("tokens"), rows.Optional("count"));
        if (length is null)
            throw new InputException($"{path}: no column 'length' or 'tokens'");
        while (rows.Next())
            yield return new(
                rows.Number(length, 1, MostTokens) ?? throw rows.Bad(length, "is needed"),
                count is null ? 1 : rows.Number(count, 1e-9, 1e12) ?? throw rows.Bad(count, "is needed"));
    }

    private static SampleLength Plain(string path, (int Number, string Text) line)
    {
        var parts = line.Text.Split([' ', '\t', ',', ':'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length <= 2 && Number(parts[0], MostTokens) is { } tokens
            && (parts.Length == 1 ? 1 : Number(parts[1], 1e12)) is { } count
            ? new(tokens, count)
            : throw new InputException(
                $"{path}, line {line.Number}: '{Shortened(line.Text)}' is no length of 1 to {MostTokens} tokens, perhaps with a count "
                + $"behind it");
    }

    private static double? Number(string text, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most
        ? number : null;

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>The length of one sample, or of several equal ones.</summary>
/// <param name="Tokens">Tokens.</param>
/// <param name="Count">How many.</param>
/// <param name="Estimated">True where tokens were estimated from characters.</param>
internal readonly record struct SampleLength(double Tokens, double Count, bool Estimated = false);

/// <summary>Adds up lengths.</summary>
internal static class Tally
{
    public static SampleLengths Of(string path, IEnumerable<SampleLength> samples)
    {
        var counts = new Dictionary<double, double>();
        var estimated = false;
        foreach (var sample in samples)
        {
            estimated |= sample.Estimated;
            counts[sample.Tokens] = counts.GetValueOrDefault(sample.Tokens) + sample.Count;
        }
        return counts.Count > 0
            ? new([.. counts.Select(pair => new LengthCount(pair.Key, pair.Value))]) { Estimated = estimated }
            : throw new InputException($"{path}: no samples");
    }
}
