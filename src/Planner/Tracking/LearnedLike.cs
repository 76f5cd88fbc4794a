using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Planner.Tracking;

/// <summary>A learned run that a tracked one is to stand beside.</summary>
/// <param name="Kept">The run.</param>
/// <param name="Curve">How it went.</param>
internal sealed record LearnedLike(KeptObservation Kept, RunCurve Curve)
{
    /// <summary>Reads the run that a person names; null where none is named.</summary>
    /// <param name="id">The first digits of its id.</param>
    /// <param name="path">The store; null for none.</param>
    /// <exception cref="InputException">There is no store, no such run, or it has no curve.</exception>
    public static LearnedLike? Read(string? id, string? path)
    {
        if (id is null)
            return null;
        using var store = EvidenceStore.OpenToRead(path
            ?? throw new InputException("--like names a learned run, and there is no store yet: learn it first, or name one with "
                + "--evidence"));
        var kept = store.Find(id);
        return new(kept, store.CurveOf(kept.Id)
            ?? throw new InputException($"--like {id}: {kept.ShortId} has no curve; learn its log again and it gets one"));
    }

    /// <summary>A tracked run beside it.</summary>
    public LikeRun Beside(RunProgress progress, int gpus) => LikeRun.Of(
        progress.Course, progress.TokensPerSecond.Median / gpus, Curve, Kept.Id, Kept.Observation.Name,
        Kept.Observation.TokensPerSecondPerGpu);
}
