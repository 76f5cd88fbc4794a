using SlmPlanner.Core;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Planner.Requests;

/// <summary>Judges runs against everything known, and keeps them: the last step of <c>slm-plan learn</c>.</summary>
internal sealed class EvidenceKeeper
{
    private readonly string _path;
    private readonly ProfileStore _store;
    private readonly WorkloadResolver _resolver;
    private readonly Lazy<FittedModel> _known;

    /// <summary>Takes the store to add to and the data files.</summary>
    /// <param name="path">The store; made where there is none.</param>
    /// <param name="store">The data files.</param>
    public EvidenceKeeper(string path, ProfileStore store)
    {
        (_path, _store) = (path, store);
        _resolver = new(store.Datasheets, store.Stacks, Publications.Read(store));
        _known = new(() => OwnEvidence.Read(File.Exists(path) ? path : null, store).Learned(PerformanceFiles.Read(store)).Published);
    }

    /// <summary>How far a run is from all that is known, before it is kept; null where that can't be said, with the reason.</summary>
    public (Contradiction? Found, string? Reason) Judge(Observation observation)
    {
        try
        {
            return (Contradiction.Of(observation, _resolver, _known.Value, _store.Datasheets.Devices), null);
        }
        catch (InputException exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>Keeps runs, all or none; the ids of those that were not there yet.</summary>
    /// <exception cref="InputException">The store can't be written, or a number is out of its range.</exception>
    public IReadOnlyList<string> Keep(IEnumerable<Learning> learnings, DateTimeOffset at)
    {
        using var store = EvidenceStore.OpenToAdd(_path);
        return store.Add(learnings, at);
    }

    /// <summary>The rows of a file of measured rows as runs to keep, and those that can't be, with reasons.</summary>
    public static (IReadOnlyList<Learning> Learnings, IReadOnlyList<RejectedRow> Rejected) OfRows(string file, string? learner)
    {
        var rows = MeasurementFile.Read(file);
        return (
            [
                .. from row in rows
                   where row.Observation is { LeftOut: null } seen && (seen.Speed is not null || seen.Memory is not null)
                   select new Learning(row.Observation!, EvidenceKind.Row, Path.GetFileName(file), row.Line, row.Line, learner),
            ],
            [
                .. from row in rows
                   let reason = row.Problem ?? row.Observation!.LeftOut
                       ?? (row.Observation is { Speed: null, Memory: null } ? "has no measured speed and no memory" : null)
                   where reason is not null
                   select new RejectedRow(row.Name, reason),
            ]);
    }
}
