using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Presentation.Tables;

namespace SlmPlanner.Calibrator.Reporting;

/// <summary>The tables of a calibration's report.</summary>
internal static class CalibrationTables
{
    private const double Giga = 1e9;

    /// <summary>What was measured, and on what.</summary>
    public static ReportTable Machine(CalibrationResult result)
    {
        var environment = result.State.Environment!;
        (string Name, string Value)[] facts =
        [
            ("machine", environment.Machine), ("processor", environment.Processor), ("system", environment.System),
            ("threads", $"{environment.Threads}"),
            ("memory", $"{result.Device.MemoryGib:0.0} GiB"),
            ("memory bandwidth, measured", $"{result.Device.MemoryBandwidthGbS:0.0} GB/s"),
            ("best fp32 multiply", $"{result.Device.Fp32Tflops * 1e3:0} GFLOP/s"),
            ("best bf16 multiply", $"{result.Device.Bf16Tflops * 1e3:0} GFLOP/s"),
            ("libraries", result.State.Bursts.Select(pair => pair.Burst.Torch).FirstOrDefault(torch => torch is not null) ?? "unknown"),
        ];
        return ReportTable.Of("The machine", facts, new TableColumn<(string Name, string Value)>("fact", fact => fact.Name),
            new("value", fact => fact.Value));
    }

    /// <summary>The bursts that were held out.</summary>
    public static ReportTable HeldOut(CalibrationResult result) => ReportTable.Of(
        "Bursts held out, in the order of their error", result.HeldOut.OrderByDescending(burst => Math.Abs(burst.Error)),
        new TableColumn<ProvedBurst>("model", burst => Model(burst.Spec)),
        new("training", burst => Training(burst.Spec)),
        new("measured, ms", burst => $"{burst.MeasuredSeconds * 1e3:0.0}", IsNumber: true),
        new("predicted, ms", burst => $"{burst.PredictedSeconds * 1e3:0.0}", IsNumber: true),
        new("error", burst => $"{burst.Error:+0.0%;-0.0%}", IsNumber: true),
        new("6ND at one MFU, ms", burst => $"{burst.NaiveSeconds * 1e3:0.0}", IsNumber: true),
        new("in its 90 % interval", burst => burst.Deviations <= HeldOutProof.Reach ? "yes" : "no"));

    /// <summary>The micro-benchmarks.</summary>
    public static ReportTable Micro(CalibrationResult result) => ReportTable.Of(
        "Micro-benchmarks: the fastest of their runs", result.State.Micro!,
        new TableColumn<MicroSample>("what", sample => sample.Kind.ToString()),
        new("format", sample => sample.Precision.ToString().ToLowerInvariant()),
        new("extents", sample => string.Join(" × ", sample.Extents)),
        new("µs", sample => $"{sample.Best * 1e6:0.00}", IsNumber: true),
        new("GFLOP/s", sample => sample.Flops > 0 ? $"{sample.Flops / sample.Best / Giga:0.0}" : "", IsNumber: true),
        new("GB/s", sample => sample.Bytes > 0 && sample.Flops == 0 ? $"{sample.Bytes / sample.Best / Giga:0.0}" : "", IsNumber: true));

    /// <summary>The link between ranks; no rows for a machine that was measured on one.</summary>
    public static ReportTable Link(CalibrationResult result) => ReportTable.Of(
        $"Collectives between ranks: latency + bus bytes / bandwidth, with 90 % "
        + $"intervals{(result.Device.Link is { } link ? $" ({link.Library}, {link.Ranks} ranks, {link.RanksPerHost} per host)" : "")}",
        result.Device.Link?.Lines ?? [],
        new TableColumn<CollectiveLine>("operation", line => line.Operation.ToString()),
        new("messages up to, KiB", line => $"{line.UpToBytes / 1024:0}", IsNumber: true),
        new("latency, µs", line => $"{line.LatencyS * 1e6:0.0} ({line.LatencyLowS * 1e6:0.0} to {line.LatencyHighS * 1e6:0.0})",
            IsNumber: true),
        new("bus bandwidth, GB/s", line => $"{Rate(line.BusBytesPerS)} ({Rate(line.BusBytesPerSLow)} to {Rate(line.BusBytesPerSHigh)})",
            IsNumber: true));

    /// <summary>Peak memory of the bursts that needed most.</summary>
    public static ReportTable Memory(CalibrationResult result) => ReportTable.Of(
        "Peak memory of the largest bursts", MemoryPair.All(result).OrderByDescending(pair => pair.MeasuredBytes).Take(12),
        new TableColumn<MemoryPair>("model", pair => Model(pair.Burst.Spec)),
        new("training", pair => Training(pair.Burst.Spec)),
        new("measured, MB", pair => $"{pair.MeasuredBytes / 1e6:0}", IsNumber: true),
        new("predicted, MB", pair => $"{pair.PredictedBytes / 1e6:0}", IsNumber: true),
        new("error", pair => $"{pair.Error:+0.0%;-0.0%}", IsNumber: true));

    private static string Rate(double? bytesPerSecond) => bytesPerSecond is { } rate ? $"{rate / Giga:0.00}" : "∞";

    private static string Model(BurstSpec spec) => spec.Shape.Name;

    private static string Training(BurstSpec spec) =>
        $"{spec.SeqLen} tokens × {spec.MicroBatch} × {spec.GradAccum}, {spec.Precision}, {spec.Attention}, "
        + $"{spec.Parallelism}{(spec.Recomputation == Core.Training.Recomputation.None ? "" : $", {spec.Recomputation} recomputed")}".ToLowerInvariant();
}
