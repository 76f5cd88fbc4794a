using System.Globalization;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Quantities and candidates in words, with three significant digits.</summary>
internal static class Wording
{
    /// <summary>Money, for example <c>$1,230</c>.</summary>
    public static string Usd(double usd) => $"${Figures(usd)}";

    /// <summary>A duration in the unit that suits it, for example <c>3.2 days</c>.</summary>
    public static string Duration(double hours) => hours switch
    {
        < 1 => $"{Figures(hours * 60)} min",
        < 48 => $"{Figures(hours)} h",
        < 24 * 1000 => $"{Figures(hours / 24)} days",
        _ => $"{Figures(hours / 24 / 365.25)} years",
    };

    /// <summary>A count with its decimal suffix, for example <c>20B</c>.</summary>
    public static string Count(double count) => count switch
    {
        >= 1e12 => $"{Figures(count / 1e12)}T",
        >= 1e9 => $"{Figures(count / 1e9)}B",
        >= 1e6 => $"{Figures(count / 1e6)}M",
        >= 1e4 => $"{Figures(count / 1e3)}k",
        _ => Figures(count),
    };

    /// <summary>A share, for example <c>7.3 %</c>.</summary>
    public static string Percent(double share) => $"{Figures(share * 100)} %";

    /// <summary>Memory, for example <c>61.5 GiB</c>.</summary>
    public static string GiB(double bytes) => $"{Figures(bytes / (1L << 30))} GiB";

    /// <summary>Three significant digits without an exponent, thousands grouped.</summary>
    public static string Figures(double number)
    {
        if (number == 0 || !double.IsFinite(number))
            return number.ToString(CultureInfo.InvariantCulture);
        var digits = (int)Math.Floor(Math.Log10(Math.Abs(number)));
        var decimals = Math.Clamp(2 - digits, 0, 12);
        var unit = Math.Pow(10, Math.Max(0, digits - 2));
        var rounded = Math.Round(Math.Round(number / unit) * unit, 0);
        return digits >= 2
            ? rounded.ToString("#,0", CultureInfo.InvariantCulture)
            : Math.Round(number, decimals).ToString("0.############", CultureInfo.InvariantCulture);
    }

    /// <summary>Machines of a candidate, for example <c>2 × aws p4d.24xlarge (16 × A100-40GB-SXM) in us-east-1</c>.</summary>
    public static string Machines(OfferTally tally) =>
        $"{tally.Nodes} × {tally.Offer.Offer.Provider} {tally.Offer.Offer.InstanceType} ({tally.Gpus} × {tally.Offer.Offer.Gpu}) in {tally.Offer.Offer.Region}{(tally.Offer.Spot ? ", spot" : "")}{(tally.Offer.Offer.TermMonths is { } months ? $", reserved for {Figures(months)} months" : "")}";

    /// <summary>A setup, for example <c>ddp, micro-batch 8 × 4</c>.</summary>
    public static string Setup(in TrainingSetup setup) =>
        $"{DeclaredName.Of(setup.Parallelism)}, micro-batch {setup.MicroBatch} × {setup.GradAccum}, recomputation {DeclaredName.Of(setup.Recomputation)}";
}
