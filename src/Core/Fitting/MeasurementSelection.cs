using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>Decides which rows are fitted and names the others with their reasons.</summary>
public static class MeasurementSelection
{
    /// <summary>
    /// Splits rows into workloads to fit, rejected rows, and workloads that judge the fit: those beyond the most of one publication, those
    /// with adapters, and those that share the model where none of them are fitted.
    /// </summary>
    /// <param name="rows">Rows as read.</param>
    /// <param name="resolver">Catalogs.</param>
    /// <param name="exclusions">Rows that their own source or a check has called wrong, with reasons.</param>
    /// <param name="options">The limits of the fit.</param>
    public static (IReadOnlyList<Workload> Workloads, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<Workload> Beyond) Select(
        IEnumerable<MeasurementRow> rows, WorkloadResolver resolver, IReadOnlyDictionary<string, string> exclusions, FitOptions options)
    {
        var workloads = new List<Workload>();
        var rejected = new List<RejectedRow>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            try
            {
                var problem = row.Problem ?? (exclusions.TryGetValue(row.Name, out var reason) ? reason : null)
                    ?? row.Observation!.LeftOut ?? (seen.Add(row.Name) ? null : "its id occurs twice")
                    ?? (row.Observation!.TokensPerSecondPerGpu is null ? "has no measured speed" : null);
                var workload = problem is null ? resolver.Resolve(row.Observation!) : null;
                if (workload is not null && workload.Costs.Parameters > options.LargestParameters)
                    problem = FormattableString.Invariant(
                        $"{workload.Costs.Parameters / 1e9:0.0}B parameters, above the {options.LargestParameters / 1e9:0.#}B that are fitted");
                if (problem is null)
                    workloads.Add(workload!);
                else
                    rejected.Add(new(row.Name, problem));
            }
            catch (InputException exception)
            {
                rejected.Add(new(row.Name, exception.Message));
            }
        }
        var judging = workloads.Where(workload =>
            workload.Setups[0].Tuning.HasAdapters || (workload.Keys.Split is not null && !options.FitsSplits)).ToList();
        List<Workload> beyond = [.. judging, .. Beyond([.. workloads.Except(judging)], options)];
        return ([.. workloads.Except(beyond)], rejected, beyond);
    }

    /// <summary>Of each publication with more rows than are fitted, those whose names' hashes are not among the smallest.</summary>
    private static List<Workload> Beyond(List<Workload> workloads, FitOptions options) =>
        [.. workloads.GroupBy(workload => (workload.Publication ?? workload.Observation.Name, workload.Keys.Split is not null))
            .SelectMany(publication => publication.OrderBy(workload => Hash(workload.Observation.Name))
                .ThenBy(workload => workload.Observation.Name, StringComparer.Ordinal).Skip(options.MostOfPublication))];

    /// <summary>FNV-1a (Fowler, Noll and Vo), 32 bits, its bits mixed once more as in MurmurHash3: the same on every machine.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261;
        unchecked
        {
            foreach (var letter in text)
                hash = (hash ^ letter) * 16777619;
            hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        }
        return hash ^ (hash >> 13);
    }
}
