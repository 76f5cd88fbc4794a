using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Memory;

/// <summary>The probability of fitting in one word.</summary>
public enum FitVerdict
{
    /// <summary>0.1 or less.</summary>
    [JsonStringEnumMemberName("no")] No,

    /// <summary>Above 0.1, up to 0.5.</summary>
    [JsonStringEnumMemberName("unlikely")] Unlikely,

    /// <summary>Above 0.5, up to 0.9.</summary>
    [JsonStringEnumMemberName("likely")] Likely,

    /// <summary>Above 0.9.</summary>
    [JsonStringEnumMemberName("yes")] Yes,
}

/// <summary>What is common to verdicts.</summary>
public static class FitVerdicts
{
    /// <summary>Probability above which a verdict is sure.</summary>
    public const double Sure = 0.9;

    /// <summary>The word for a probability, 0 to 1.</summary>
    public static FitVerdict Of(double probability) =>
        probability > Sure ? FitVerdict.Yes
        : probability > 0.5 ? FitVerdict.Likely
        : probability > 1 - Sure ? FitVerdict.Unlikely
        : FitVerdict.No;
}
