using System.Globalization;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Quantities as a person reads them: three significant digits and a unit, culture aside.</summary>
public static class Readable
{
    /// <summary>A missing value in a table.</summary>
    public const string Missing = "–";

    private static readonly (double Size, string Suffix)[] Scales =
        [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")];

    /// <summary>A number with three significant digits and thousands separators: 1,230 · 45.6 · 0.0123.</summary>
    public static string Number(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        var digits = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (digits >= 0)
            return Format(value, "N" + Math.Min(digits, 15), trim: true);
        var step = Math.Pow(10, -digits);
        return Format(Math.Round(value / step) * step, "N0", trim: false);
    }

    /// <summary>A whole number in full, with thousands separators: 524,288.</summary>
    public static string Whole(double value) => Format(value, "N0", trim: false);

    /// <summary>A count with a short-scale suffix: 950 · 12.5k · 20B.</summary>
    public static string Count(double value)
    {
        foreach (var (size, suffix) in Scales)
        {
            if (Math.Abs(value) >= size)
                return Number(value / size) + suffix;
        }
        return Number(value);
    }

    /// <summary>Dollars, in the currency in force: cents below ten, if there are any; else whole ones.</summary>
    public static string Usd(double value) =>
        value < 0 ? $"−{Usd(-value)}" : ShownCurrency.Sign + Amount(value * ShownCurrency.Current.PerUsd);

    /// <summary>A range of dollars: $120–$180; one amount where both ends read the same.</summary>
    public static string UsdRange(double low, double high) => Usd(low) == Usd(high) ? Usd(low) : $"{Usd(low)}–{Usd(high)}";

    /// <summary>A price per hour, always with cents.</summary>
    public static string UsdPerHour(double value) =>
        ShownCurrency.Sign + Format(value * ShownCurrency.Current.PerUsd, "N2", trim: false) + "/h";

    /// <summary>A number of dollars in the currency in force, without its sign.</summary>
    public static string UsdNumber(double value) => Number(value * ShownCurrency.Current.PerUsd);

    /// <summary>Hours as minutes below one hour, days from two days on and years from a thousand days on.</summary>
    public static string Hours(double value) => value switch
    {
        < 1 => Number(value * 60) + " min",
        < 48 => Number(value) + " h",
        < 24 * 1000 => Number(value / 24) + " days",
        _ => Number(value / 24 / 365.25) + " years",
    };

    /// <summary>Hours in the unit that another duration is read in, so that the two compare at a glance.</summary>
    public static string HoursLike(double value, double other) => other switch
    {
        >= 1 and < 48 when value >= 1 => Number(value) + " h",
        >= 48 and < 24 * 1000 when value >= 24 => Number(value / 24) + " days",
        _ => Hours(value),
    };

    /// <summary>A range of hours in the unit of its upper end: 3.1–4.2 days; of less than a day to days, each end in its own.</summary>
    public static string HoursRange(double low, double high) => high switch
    {
        >= 48 when low < 24 => $"{Hours(low)}–{Hours(high)}",
        < 1 => $"{Number(low * 60)}–{Number(high * 60)} min",
        < 48 => $"{Number(low)}–{Number(high)} h",
        >= 24 * 1000 => $"{Hours(low)}–{Hours(high)}",
        _ => $"{Number(low / 24)}–{Number(high / 24)} days",
    };

    /// <summary>Seconds as milliseconds below one second.</summary>
    public static string Seconds(double value) => value switch
    {
        0 => "0 s",
        < 1e-3 => Number(value * 1e6) + " µs",
        < 1 => Number(value * 1e3) + " ms",
        _ => Number(value) + " s",
    };

    /// <summary>Bytes in binary gibibytes, as GPU memory is counted.</summary>
    public static string Gib(double bytes) => Number(bytes / (1L << 30)) + " GiB";

    /// <summary>A share of one as per cent: 0.417 is 42 %, 0.004 is 0.4 %, 0.0000123 is 0.00123 %.</summary>
    public static string Percent(double share) => Math.Abs(share) switch
    {
        < 0.001 => Number(share * 100) + " %",
        < 0.1 => Format(share * 100, "N1", trim: true) + " %",
        _ => Format(share * 100, "N0", trim: false) + " %",
    };

    /// <summary>A probability, never rounded to certainty: above 99 %, below 1 %.</summary>
    public static string Probability(double probability) => probability switch
    {
        > 0.99 => "above 99 %",
        < 0.01 => "below 1 %",
        _ => Percent(probability),
    };

    /// <summary>A date as yyyy-mm-dd.</summary>
    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A snake- or kebab-case name as words: <c>optimizer_states</c> is "optimizer states".</summary>
    public static string Words(string name) => name.Replace('_', ' ').Replace('-', ' ');

    private static string Amount(double value) => Math.Abs(value) switch
    {
        < 0.1 => Number(value),
        < 10 when value != Math.Round(value) => Format(value, "N2", trim: false),
        < 1e6 => Format(value, "N0", trim: false),
        _ => Count(value),
    };

    private static string Format(double value, string format, bool trim)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return trim && text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
