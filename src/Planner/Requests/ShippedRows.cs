using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Planner.Requests;

/// <summary>The measured rows that the profiles hold, as the fit takes them.</summary>
internal static class ShippedRows
{
    /// <summary>The files that tell speeds. A run told in two of them counts where it comes first.</summary>
    internal static IReadOnlyList<string> Files { get; } = ["measured*.csv", "memory_reports*.csv", "parallel*.csv"];

    /// <summary>Rows that can be fitted and the others with their reasons.</summary>
    public static (IReadOnlyList<Workload> Workloads, IReadOnlyList<RejectedRow> Rejected) Read(ProfileStore store)
    {
        var (workloads, rejected, _) = Select(store);
        return (workloads, rejected);
    }

    /// <summary>Rows that the shipped fit has never seen: those beyond the most of a publication.</summary>
    public static IReadOnlyList<Workload> NeverFitted(ProfileStore store) => Select(store).Beyond;

    private static (IReadOnlyList<Workload> Workloads, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<Workload> Beyond) Select(
        ProfileStore store) =>
        MeasurementSelection.Select(
            Files.SelectMany(pattern => store.Files("validation", pattern)).SelectMany(MeasurementCsv.Read),
            new WorkloadResolver(store.Datasheets, store.Stacks, Publications.Read(store)),
            Exclusions.Read(store.Files("validation", "exclusions.csv") is [.., var excluded] ? excluded : ""),
            FitOptions.Default);
}
