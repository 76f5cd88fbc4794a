namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// A memory profile with peaks learned after it was fitted, and with runs of which it is known that they fitted or did not.
/// </summary>
public static class LearnedMemory
{
    /// <summary>
    /// The profile that knows them. A stack learns from its own runs alone; in any order the same runs give the same profile.
    /// </summary>
    /// <param name="known">The profile so far.</param>
    /// <param name="runs">What was learned.</param>
    public static MemoryProfile Of(MemoryProfile known, IEnumerable<PeakObservation> runs) => known with
    {
        Lessons = runs.GroupBy(run => known.Key(run.Stack))
            .ToDictionary(stack => stack.Key, stack => Lesson(known, [.. stack.OrderBy(run => run.Id, StringComparer.Ordinal)])),
    };

    private static PeakLesson Lesson(MemoryProfile known, IReadOnlyList<PeakObservation> runs) =>
        new LearnedPeaks(known.Stacks, known.Fit.Constants, known.SharedShare(runs[0].Stack))
        .Of(runs, known.Kinds(runs[0].Stack), known.Spread(runs[0].Stack));
}
