using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>Rows in, fitted model out: selection, fit, interval widths and diagnostics.</summary>
public static class Fit
{
    private const int FewestRows = 3;

    /// <summary>Fits rows.</summary>
    /// <param name="rows">Rows as read.</param>
    /// <param name="resolver">Catalogs; for a new machine, with the machine among the devices.</param>
    /// <param name="exclusions">Rows to leave out, with reasons.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="InputException">Fewer than three rows can be fitted.</exception>
    public static FitReport Run(
        IEnumerable<MeasurementRow> rows, WorkloadResolver resolver, IReadOnlyDictionary<string, string> exclusions, FitOptions options)
    {
        var (workloads, rejected, beyond) = MeasurementSelection.Select(rows, resolver, exclusions, options);
        if (workloads.Count < FewestRows)
            throw new InputException($"{workloads.Count} rows can be fitted, at least {FewestRows} are needed"
                + (rejected.Count > 0 ? $"; the first rejected is '{rejected[0].Id}': {rejected[0].Reason}" : ""));
        var model = HierarchicalFit.Run(workloads, options);
        return new(model, workloads, rejected, [.. FitDiagnostics.Of(model, workloads, rejected, options)]) { Beyond = beyond.Count };
    }
}

/// <summary>A fit with what it left out and what a reader should know of it.</summary>
/// <param name="Model">The fit.</param>
/// <param name="Workloads">The rows fitted.</param>
/// <param name="Rejected">The rows not fitted, with reasons.</param>
/// <param name="Findings">Diagnostics.</param>
public sealed record FitReport(
    FittedModel Model, IReadOnlyList<Workload> Workloads, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<Finding> Findings)
{
    /// <summary>Rows that were left out only because their publication has more than are fitted of one: they judge the fit.</summary>
    public int Beyond { get; init; }
}
