using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// Learns the first peaks of every stack of a left-out publication, in the order of its rows, and predicts its other peaks. Spreads and
/// what runs have in common come from the other publications.
/// </summary>
/// <param name="stacks">Traits of software stacks.</param>
/// <param name="left">The publications, each predicted without itself.</param>
/// <param name="isNamed">Whether stacks are named.</param>
internal sealed class FirstPeaks(SoftwareStackCatalog stacks, IReadOnlyList<LeftOutSource> left, bool isNamed)
{
    private const double Outside = 0.05;

    /// <summary>The figures with so many peaks learned.</summary>
    public LearnedAccuracy Accuracy(int learned) =>
        LearnedAccuracy.Of(isNamed ? "stack named" : "stack not named", learned, [.. left.SelectMany(
        source => Rows(source).Where(row => row.Seen.PeakBytes is not null).GroupBy(row => row.Seen.Stack)
        .Where(stack => stack.Count() > learned)
            .Select(stack => Others(source, [.. stack], learned)))]);

    private IReadOnlyList<LeftOutPeak> Rows(LeftOutSource source) => isNamed ? source.Named : source.Unnamed;

    private IReadOnlyList<LearnedPeak> Others(LeftOutSource source, IReadOnlyList<LeftOutPeak> stack, int learned)
    {
        var others = left.Where(other => other != source).SelectMany(Rows).ToList();
        var lesson = new LearnedPeaks(stacks, source.Constants, SharedVariance.Of(others)).Of(
            [.. stack.Take(learned).Select(row => row.Seen)], Kinds(source, stack[0].Seen.Stack), MemoryLeaveOut.Spread(others));
        return [.. stack.Skip(learned).Select(row => Predicted(row, lesson, source))];
    }

    private IReadOnlyList<StackWeight> Kinds(LeftOutSource source, string? stack) =>
        isNamed && stacks.Find(stack).MemoryOf is not null ? [new(stack!, 1)] : source.Mixture;

    private LearnedPeak Predicted(LeftOutPeak row, PeakLesson lesson, LeftOutSource source)
    {
        var run = row.Seen;
        var after = MemoryLeaveOut.Predicted(run, row.Weight, lesson.Outlook(kind =>
            new(run.Shape, stacks.Find(kind.Kind.Stack).Memory.With(run.Kernels), source.Constants, kind.Kept)));
        var below = after.Below(lesson.LogSpread);
        return new(Error(after), Error(row), below is > Outside and < 1 - Outside);
    }

    private static double Error(LeftOutPeak row) => Math.Abs((row.Bytes / row.Seen.PeakBytes!.Value) - 1);
}
