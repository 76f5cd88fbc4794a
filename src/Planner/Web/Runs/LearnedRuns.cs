using SlmPlanner.Core;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>The learned runs of a store, read anew at each look.</summary>
/// <param name="path">The store that was named when the server started; null for none.</param>
/// <param name="fit">The fit that knows those runs that were learned before the server started.</param>
internal sealed class LearnedRuns(string? path, FittedModel fit)
{
    /// <summary>Whether there is a store at all.</summary>
    public bool HasStore => path is not null;

    /// <summary>Those that count, the latest first.</summary>
    public IReadOnlyList<KeptObservation> All()
    {
        if (path is null)
            return [];
        using var store = EvidenceStore.OpenToRead(path);
        return [.. store.All().Where(kept => kept.Counts).Reverse()];
    }

    /// <summary>One of them.</summary>
    /// <exception cref="InputException">There is none with this id.</exception>
    public KeptObservation Get(string id) => All().FirstOrDefault(kept => kept.ShortId == id)
        ?? throw new InputException($"there is no learned run with the id '{id}'; /runs lists them");

    /// <summary>How one of them went; null where that was not kept.</summary>
    public RunCurve? Curve(KeptObservation run)
    {
        using var store = EvidenceStore.OpenToRead(path!);
        return store.CurveOf(run.Id);
    }

    /// <summary>
    /// How far a run's step time is from what all other rows say of it, as a logarithm, and the standard deviation of that; null where the
    /// fit does not know the run, or knows several of its name.
    /// </summary>
    public (double LogError, double Deviation)? Surprise(KeptObservation run) =>
        fit.WithoutItself(run.ShortId) ?? fit.WithoutItself(run.Observation.Name);
}
