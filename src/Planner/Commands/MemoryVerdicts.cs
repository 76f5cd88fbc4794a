using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Planner.Commands;

/// <summary>The memory section of <c>slm-plan validate</c>: each source left out of the memory fit and predicted.</summary>
internal static class MemoryVerdicts
{
    /// <summary>The files of the shipped memory fit. What other files tell of memory, the second has too, with units and kinds.</summary>
    internal static IReadOnlyList<string> RowFiles { get; } = ["measured.csv", "memory_reports.csv"];

    /// <summary>Errors and verdicts with the stack named and not named, and errors with the first peaks of a publication learned.</summary>
    /// <param name="store">The profiles.</param>
    /// <param name="committed">Whether to take the figures that the fit left, without fitting again.</param>
    public static (IReadOnlyList<MemoryAccuracy> Verdicts, IReadOnlyList<LearnedAccuracy> Learned) Of(ProfileStore store, bool committed)
    {
        if (committed && store.Files("fit", "memory.json") is [.., var path])
            return MemoryFitFile.Read(path) is var file ? (file.Accuracy, file.Learned) : default;
        var rows = RowFiles.SelectMany(file => store.Files("validation", file)).SelectMany(MeasurementCsv.Read);
        var seen = new PeakObservations(store.Datasheets, store.Stacks, store.Memory, Publications.Read(store)).Of(rows);
        var report = new MemoryLeaveOut(store.Stacks).Run(seen);
        return ([report.Named, report.Unnamed], report.Learned);
    }
}
