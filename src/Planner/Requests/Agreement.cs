using SlmPlanner.Core;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Planner.Requests;

/// <summary>
/// Compares runs that are about to be learned with all that is known without them: shipped rows and what was learned before.
/// </summary>
/// <param name="store">Catalogs and the shipped fit.</param>
/// <param name="path">The store of evidence; null for shipped rows alone.</param>
/// <param name="learned">Ids of the runs to compare: those that the store holds already don't speak for themselves.</param>
internal sealed class Agreement(ProfileStore store, string? path, IReadOnlySet<string> learned)
{
    private readonly WorkloadResolver _resolver = new(store.Datasheets, store.Stacks, Publications.Read(store));

    private readonly Lazy<FittedModel> _model = new(() => OwnEvidence.Read(File.Exists(path) ? path : null, store, learned)
        .Learned(PerformanceFiles.Read(store)).Published);

    private readonly Lazy<ShippedTwins> _twins = new(() => new(ShippedRows.Read(store).Workloads));

    /// <summary>The shipped row that says the same; null where none does.</summary>
    public string? TwinOf(Observation observation) => observation.TokensPerSecondPerGpu is null ? null : _twins.Value.Of(observation);

    /// <summary>How far a run is from the rest; null where it has no speed, or its kind can't be predicted.</summary>
    public Contradiction? Of(Observation observation)
    {
        if (observation.TokensPerSecondPerGpu is null)
            return null;
        try
        {
            return Contradiction.Of(observation, _resolver, _model.Value, store.Datasheets.Devices) is var found
                && double.IsFinite(found.Deviations) ? found : null;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
