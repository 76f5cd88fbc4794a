using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Options;

/// <summary>Kinds of amounts, written as people write them.</summary>
internal static class Amounts
{
    private static readonly (double Size, string Suffix)[] Scales = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"), (1, "")];

    /// <summary>A number of tokens.</summary>
    public static readonly ValueKind<double> Tokens = new("TOKENS", Quantity.Tokens, Scaled);

    /// <summary>Money.</summary>
    public static readonly ValueKind<double> Usd = new("USD", Quantity.Usd, Scaled);

    /// <summary>A duration in hours.</summary>
    public static readonly ValueKind<double> Duration = new("DURATION", Quantity.Hours, hours => hours switch
    {
        < 1 => $"{Values.Plain(hours * 60)}m",
        >= 48 => $"{Values.Plain(hours / 24)}d",
        _ => $"{Values.Plain(hours)}h",
    });

    /// <summary>A day of the calendar.</summary>
    public static readonly ValueKind<DateOnly> Day = new("DATE", ReadDay, day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A whole number of things, with K, M or B for large ones.</summary>
    public static ValueKind<int> Count(string word) => new(word, Whole, count => Scaled(count));

    /// <summary>A sharding scheme in its written form.</summary>
    public static readonly ValueKind<Scheme> Scheme = new("SCHEME", ReadScheme, scheme => scheme.ToString())
    {
        Choices = [.. Core.Training.Scheme.All.Select(scheme => scheme.ToString())],
    };

    private static DateOnly ReadDay(string option, string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : throw new InputException($"{option} is '{text}', expected a day as YYYY-MM-DD");

    private static Scheme ReadScheme(string option, string text)
    {
        try
        {
            return Core.Training.Scheme.Parse(text);
        }
        catch (InputException exception)
        {
            throw new InputException($"{option}: {exception.Message}; allowed {Core.Training.Scheme.Words}", exception);
        }
    }

    private static int Whole(string option, string text) =>
        Quantity.Scaled(text.Trim()) is { } number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw new InputException($"{option} is '{text}', expected a whole number");

    /// <summary>With the largest suffix that leaves at most two decimals; exact.</summary>
    private static string Scaled(double amount)
    {
        if (amount >= 1e15)
            return Values.Plain(amount);
        var (size, suffix) = Scales.FirstOrDefault(scale => amount >= scale.Size
            && Math.Round(amount / scale.Size, 2) * scale.Size == amount, (1, ""));
        return Values.Plain(amount / size) + suffix;
    }
}
