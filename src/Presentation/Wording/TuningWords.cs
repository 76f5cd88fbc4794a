using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Presentation.Wording;

/// <summary>How a base model is trained further, in words.</summary>
internal static class TuningWords
{
    /// <summary>Method, what it trains, bits of the rest.</summary>
    /// <param name="tuning">The method.</param>
    /// <param name="trained">Parameters that are trained; null where not known.</param>
    public static string Of(Tuning tuning, long? trained)
    {
        var method = DeclaredName.Of(tuning.Method);
        var what = tuning.HasAdapters
            ? $"{method}, rank {tuning.Rank} on "
            + $"{AdapterTargetsText.Write(tuning.Targets).Replace("+", ", ", StringComparison.Ordinal)}, base in {tuning.FrozenBits} bits"
            : tuning.Freezes ? $"{method}, the last {tuning.TrainedBlocks} blocks" : $"{method}, every parameter";
        return trained is { } count ? $"{what}; {Readable.Count(count)} parameters trained" : what;
    }
}
