using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core;

namespace SlmPlanner.Planner.Options;

/// <summary>Reads amounts as people write them: <c>20B</c>, <c>1.5T</c>, <c>2,000</c>, <c>$2k</c>, <c>7d</c>, <c>1d12h</c>.</summary>
internal static partial class Quantity
{
    /// <summary>A count of tokens, with K, M, B or T for thousands to millions of millions.</summary>
    /// <exception cref="InputException">Not such an amount.</exception>
    public static double Tokens(string option, string text) =>
        Scaled(text.Trim()) ?? throw Misread(option, text, "a number of tokens such as 20B, 1.5T or 500M");

    /// <summary>An amount of money in USD, with or without <c>$</c> or <c>USD</c>.</summary>
    /// <exception cref="InputException">Not such an amount.</exception>
    public static double Usd(string option, string text)
    {
        var amount = text.Trim();
        if (amount.EndsWith("usd", StringComparison.OrdinalIgnoreCase))
            amount = amount[..^3].TrimEnd();
        else if (amount.StartsWith('$'))
            amount = amount[1..].TrimStart();
        return Scaled(amount) ?? throw Misread(option, text, "an amount in USD such as 2000, 2,000 or $2k");
    }

    /// <summary>A duration in hours: numbers with w, d, h or m, for example <c>7d</c>, <c>36h</c>, <c>1d12h</c>, <c>90m</c>.</summary>
    /// <exception cref="InputException">Not such a duration.</exception>
    public static double Hours(string option, string text)
    {
        if (!DurationPattern().IsMatch(text.Trim()))
            throw Misread(option, text, "a duration with a unit such as 7d, 36h, 1d12h, 2w or 90m");
        return DurationPart().Matches(text).Sum(part => Number(part.Groups[1].Value) * HoursPer(part.Groups[2].Value));
    }

    /// <summary>A number with or without one of K, M, B, T; null for anything else.</summary>
    public static double? Scaled(string text)
    {
        var match = AmountPattern().Match(text);
        return match.Success ? Number(match.Groups[1].Value) * Scale(match.Groups[2].Value) : null;
    }

    private static double Number(string digits) =>
        double.Parse(digits.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double Scale(string suffix) => suffix.ToUpperInvariant() switch
    {
        "K" => 1e3,
        "M" => 1e6,
        "B" or "G" => 1e9,
        "T" => 1e12,
        _ => 1,
    };

    private static double HoursPer(string unit) => unit.ToUpperInvariant() switch
    {
        "W" => 7 * 24,
        "D" => 24,
        "M" or "MIN" => 1.0 / 60,
        _ => 1,
    };

    private static InputException Misread(string option, string text, string expected) =>
        new($"{option} is '{text}', expected {expected}");

    [GeneratedRegex(@"^(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)\s*([kKmMbBgGtT]?)$", RegexOptions.CultureInvariant)]
    private static partial Regex AmountPattern();

    [GeneratedRegex(@"^-?(?:\d+(?:\.\d+)?\s*(?:w|d|h|min|m)\s*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"(-?\d+(?:\.\d+)?)\s*(w|d|h|min|m)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DurationPart();
}
