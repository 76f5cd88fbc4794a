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
        yield return $"Your own runs: {Readable.Whole(learned.Runs)} {(learned.Runs == 1 ? "is" : "are")} learned. With "
            + $"{(learned.Runs == 1 ? "it" : "them")} {Step(learned.StepChange)}, and without {(learned.Runs == 1 ? "it" : "them")} "
            + $"the interval would be {Times(learned.WidthWithout)}.";
        if (learned.MovedBy.Count > 0)
            yield return $"What moves it most: {string.Join("; ", learned.MovedBy.Take(MostNamed).Select(Named))}"
                + $"{(learned.MovedBy.Count > MostNamed ? $"; and {Readable.Whole(learned.MovedBy.Count - MostNamed)} more" : "")}.";
    }

    private static string Named(LearnedInfluence run) =>
        $"{run.Name} on {run.Gpu} ({run.Id[..Math.Min(ShortId, run.Id.Length)]}, {(run.Source is { } source ? $"{source}, " : "")}learned "
        + $"{Readable.Date(run.Learned)}): {Step(run.StepChange)}";

    private static string Step(double change) => Math.Abs(change) < Unchanged ? "the predicted step is as long"
        : string.Create(CultureInfo.InvariantCulture,
            $"the predicted step is {Math.Abs(change) * 100:0.0} % {(change > 0 ? "longer" : "shorter")}");

    private static string Times(double width) => width < 1 + Unchanged ? "as wide"
        : string.Create(CultureInfo.InvariantCulture, $"{width:0.00} times as wide");
}
