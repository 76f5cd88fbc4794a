using SlmPlanner.Calibrator.Distributed.Benchmark;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Machine;

/// <summary>The link of a machine by its measured collectives.</summary>
internal static class MachineLinks
{
    private static readonly IReadOnlyList<(CollectiveKind Kind, CollectiveOperation Operation)> Operations =
    [
        (CollectiveKind.AllReduce, CollectiveOperation.AllReduce),
        (CollectiveKind.ReduceScatter, CollectiveOperation.ReduceScatter),
        (CollectiveKind.AllGather, CollectiveOperation.AllGather),
    ];

    /// <summary>Fits every operation in every class of sizes that was measured.</summary>
    public static MachineLink Of(CollectiveMeasurement measured)
    {
        var fits = LatencyBandwidthFit.FitAll(measured.Timings);
        var largest = measured.Timings.Max(timing => timing.Bytes);
        return new(measured.Library, measured.Ranks, measured.RanksPerHost,
        [
            .. from pair in Operations
               from fit in fits
               where fit.Kind == pair.Kind
               select new CollectiveLine(
                   pair.Operation, Math.Min(fit.Class.UpTo, largest), fit.LatencySeconds.Value, fit.LatencySeconds.Low,
                   fit.LatencySeconds.High,
                   Finite(fit.BytesPerSecond.Value), Finite(fit.BytesPerSecond.Low), Finite(fit.BytesPerSecond.High)),
        ]);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
