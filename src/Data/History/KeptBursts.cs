using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Data.History;

/// <summary>The bursts that a store keeps of devices with a datasheet: those that a fit to published rows can say something of.</summary>
public static class KeptBursts
{
    /// <summary>The stack, and the source, that bursts of the calibrator name: its own training program.</summary>
    public const string Stack = "slm-calibrate";

    /// <summary>The bursts that count, as fits take them.</summary>
    /// <param name="path">The store; one that is not there is empty.</param>
    /// <param name="store">The catalogs that they are read by.</param>
    /// <exception cref="InputException">It can't be read.</exception>
    public static IReadOnlyList<Workload> Read(string path, ProfileStore store)
    {
        if (!File.Exists(path))
            return [];
        using var evidence = EvidenceStore.OpenToRead(path);
        var resolver = new WorkloadResolver(store.Datasheets, store.Stacks, Publications.Read(store));
        return
        [
            .. evidence.All().Where(kept => kept.Counts && kept.Kind == EvidenceKind.Burst && kept.Observation.Speed is not null
                    && store.Datasheets.TryFind(kept.Observation.Machine.Gpu, null, out _))
                .Select(kept => Resolved(resolver, Named(kept.Observation))).OfType<Workload>(),
        ];
    }

    /// <summary>A burst under the name of the program that took it, where it names none.</summary>
    public static Observation Named(Observation burst) => burst with
    {
        Stack = burst.Stack with { Name = burst.Stack.Name ?? Stack },
        From = burst.From with { Source = burst.From.Source ?? Stack },
    };

    /// <summary>A burst that can't be predicted is passed over: the planner's list of evidence says why.</summary>
    private static Workload? Resolved(WorkloadResolver resolver, Observation burst)
    {
        try
        {
            return resolver.Resolve(burst);
        }
        catch (InputException)
        {
            return null;
        }
    }
}
