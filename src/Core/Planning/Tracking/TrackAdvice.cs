using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>What to do about a run. The most important first.</summary>
internal static class TrackAdvice
{
    private const double WorthMoving = 0.05, MuchWaiting = 0.1, MuchSlower = 1.05, RoomForTwice = 0.5;
    private const double SecondsPerHour = 3600, LeastMoveSeconds = 600;

    /// <summary>The advice.</summary>
    /// <param name="progress">The run.</param>
    /// <param name="log">Its log.</param>
    /// <param name="tracked">Its plan.</param>
    /// <param name="leftSeconds">Seconds that it still takes.</param>
    /// <param name="startSeconds">Seconds that it took to start.</param>
    public static IReadOnlyList<Advice> Of(RunProgress progress, RunLog log, TrackedPlan tracked, double leftSeconds, double startSeconds)
    {
        if (progress.IsDone)
            return [new(AdviceAction.Done)];
        var advice = new List<Advice>();
        if (progress.WithinBudget < 0.05 || progress.WithinDeadline < 0.05)
            advice.Add(new(AdviceAction.Stop, Number: Math.Min(progress.WithinBudget ?? 1, progress.WithinDeadline ?? 1)));
        if (Cheaper(progress, tracked, leftSeconds, startSeconds) is { } move)
            advice.Add(move);
        if (progress.DataShare > MuchWaiting)
            advice.Add(new(AdviceAction.MendDataLoading, SavesUsd: progress.DataShare * leftSeconds / SecondsPerHour * tracked.UsdPerHour,
                Number: progress.DataShare));
        if (progress.Events.LastOrDefault(spell => spell.Kind == RunEventKind.Change) is { Ratio: > MuchSlower } slower)
            advice.Add(new(AdviceAction.LookAtMachine, SavesUsd: (1 - 1 / slower.Ratio) * leftSeconds / SecondsPerHour * tracked.UsdPerHour,
                Number: slower.Ratio));
        if (progress.TokensPerSecond.High < tracked.Plan.TokensPerSecondLow)
            advice.Add(new(AdviceAction.PlanAgain, Number: progress.TokensPerSecond.Median / tracked.Plan.TokensPerSecond));
        if (log.Peaks.Values.DefaultIfEmpty().Max() is > 0 and var peak && peak < RoomForTwice * tracked.Plan.DeviceMemoryBytes
            && tracked.Plan.GradAccum > 1)
            advice.Add(new(AdviceAction.LargerMicroBatch, Number: tracked.Plan.MicroBatch * 2));
        if (advice.Count == 0)
            advice.Add(new(AdviceAction.Continue));
        return advice;
    }

    /// <summary>
    /// The offer on which the rest costs least, if that saves. Its speed is its planned one times what this run is of its own plan: most of
    /// what a plan misses is the stack's, and moves along. Moving costs the start once more, and what leaves the provider.
    /// </summary>
    private static Advice? Cheaper(RunProgress progress, TrackedPlan tracked, double leftSeconds, double startSeconds)
    {
        var stay = leftSeconds / SecondsPerHour * tracked.UsdPerHour;
        var ratio = progress.TokensPerSecond.Median / tracked.Plan.TokensPerSecond;
        var slack = leftSeconds / ((progress.StepsTotal - progress.StepsDone) * tracked.TokensPerStep / progress.TokensPerSecond.Median);
        var tokens = tracked.Plan.Tokens - progress.TokensDone;
        var best = tracked.Others
            .Where(other => !(other.Gpu == tracked.Plan.Gpu && other.Provider == tracked.Plan.Provider && other.Gpus == tracked.Plan.Gpus))
            .Select(other => (Other: other, Move: MoveUsd(other, tracked.Plan, startSeconds), Hours: RestHours(other)))
            .Where(one => tracked.DeadlineHours is not { } deadline
                || progress.ElapsedHours + one.Hours + startSeconds / SecondsPerHour <= deadline)
            .Select(one => (one.Other, one.Move, Cost: one.Hours * (one.Other.UsdPerHour + one.Other.StorageUsdPerHour) + one.Move))
            .OrderBy(one => one.Cost).FirstOrDefault();
        return best.Other is { } offer && best.Cost < stay * (1 - WorthMoving)
            ? new(AdviceAction.Move, $"{offer.Provider} {offer.Gpus} x {offer.Gpu}", stay - best.Cost, best.Move) : null;

        double RestHours(Candidate other) => tokens / (other.TokensPerSecond * ratio) * slack / SecondsPerHour;
    }

    private static double MoveUsd(Candidate to, Candidate from, double startSeconds) =>
        Math.Max(startSeconds, LeastMoveSeconds) / SecondsPerHour * to.UsdPerHour + from.EgressUsd;
}
