using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>Decides which rows are fitted and names the others with their reasons.</summary>
public static class MeasurementSelection
{
    /// <summary>Splits rows into workloads to fit and rejected rows.</summary>
    /// <param name="rows">Rows as read.</param>
    /// <param name="resolver">Catalogs.</param>
    /// <param name="exclusions">Rows that their own source or a check has called wrong, with reasons.</param>
    /// <param name="options">The limits of the fit.</param>
    public static (IReadOnlyList<Workload> Workloads, IReadOnlyList<RejectedRow> Rejected) Select(
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
                    ?? (seen.Add(row.Name) ? null : "its id occurs twice")
                    ?? (row.Observation!.TokensPerSecondPerGpu is null ? "has no measured speed" : null);
                var workload = problem is null ? resolver.Resolve(row.Observation!) : null;
                if (workload is not null && workload.Costs.Parameters > options.LargestParameters)
                    problem = FormattableString.Invariant(
                        $"{workload.Costs.Parameters / 1e9:0.0}B parameters, above the {options.LargestParameters / 1e9:0.#}B that are fitted");
                workload?.Setups[0].Layout.RequireDataParallel();
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
        return (workloads, rejected);
    }
}
