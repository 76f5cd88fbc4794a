using System.Globalization;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Wording;

/// <summary>What the user's own runs do to a prediction, one sentence each.</summary>
internal static class LearnedWords
{
    private const int MostNamed = 3, ShortId = 12;
    private const double Unchanged = 5e-4;

    /// <summary>The sentences; none where nothing was learned.</summary>
    public static IEnumerable<string> Of(LearnedEvidence? learned)
    {
        if (learned is null)
            yield break;
        if (learned.Runs > 0)
            yield return $"Your own runs: {Readable.Whole(learned.Runs)} {(learned.Runs == 1 ? "is" : "are")} learned. With "
                + $"{(learned.Runs == 1 ? "it" : "them")} {Step(learned.StepChange)}, and without {(learned.Runs == 1 ? "it" : "them")} "
                + $"the interval would be {Times(learned.WidthWithout)}.";
        if (learned.MovedBy.Count > 0)
            yield return $"What moves it most: {string.Join("; ", learned.MovedBy.Take(MostNamed).Select(Named))}"
                + $"{(learned.MovedBy.Count > MostNamed ? $"; and {Readable.Whole(learned.MovedBy.Count - MostNamed)} more" : "")}.";
        if (learned.Memory is { } memory)
            yield return $"Memory: peaks of {Readable.Whole(memory.Runs)} learned {(memory.Runs == 1 ? "run" : "runs")}. With "
                + $"{(memory.Runs == 1 ? "it" : "them")} {Changed("predicted peak", memory.PeakChange, "large", "larger", "smaller")}, and "
                + $"without {(memory.Runs == 1 ? "it" : "them")} its interval would be {Times(memory.WidthWithout)}.";
    }

    private static string Named(LearnedInfluence run) =>
        $"{run.Name} on {run.Gpu} ({run.Id[..Math.Min(ShortId, run.Id.Length)]}, {(run.Source is { } source ? $"{source}, " : "")}learned "
        + $"{Readable.Date(run.Learned)}): {Step(run.StepChange)}";

    private static string Step(double change) => Changed("predicted step", change, "long", "longer", "shorter");

    private static string Changed(string what, double change, string same, string more, string less) =>
        Math.Abs(change) < Unchanged ? $"the {what} is as {same}"
        : string.Create(CultureInfo.InvariantCulture, $"the {what} is {Math.Abs(change) * 100:0.0} % {(change > 0 ? more : less)}");

    private static string Times(double width) => Math.Abs(width - 1) < Unchanged ? "as wide"
        : string.Create(CultureInfo.InvariantCulture, $"{width:0.00} times as wide");
}
