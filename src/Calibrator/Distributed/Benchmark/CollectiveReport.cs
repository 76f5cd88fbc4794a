using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>The machine-readable result of a sweep. Times in seconds, sizes in bytes.</summary>
internal sealed record CollectiveReport(
    int SchemaVersion, string Library, int Ranks, int RanksPerHost, ElementType Type, CallStyle Calls,
    IReadOnlyList<CollectiveReport.Point> Points, IReadOnlyList<CollectiveReport.Line> Fits)
{
    /// <summary>One size of one operation.</summary>
    internal sealed record Point(
        CollectiveKind Kind, long SizeBytes, double TimeS, double TimeLowS, double TimeHighS,
        double AlgorithmBytesPerS, double BusBytesPerS, int Iterations, IReadOnlyList<double> SamplesS);

    /// <summary>One fitted size class of one operation.</summary>
    internal sealed record Line(
        CollectiveKind Kind, string SizeClass, long FromBytes, long ToBytes, Estimate LatencyS, Estimate BusBytesPerS, double RelativeError,
        int Samples);

    /// <summary>Builds the report.</summary>
    public static CollectiveReport Of(string library, int ranksPerHost, CollectiveSweep sweep, IReadOnlyList<CollectiveTiming> timings) =>
        new(
        1, library, timings[0].Ranks, ranksPerHost, sweep.Type, sweep.Calls,
        [.. timings.Select(t => new Point(
            t.Kind, t.Bytes, t.Seconds, t.BestSeconds, t.WorstSeconds, t.AlgorithmBytesPerSecond, t.BusBytesPerSecond, t.Iterations,
            t.Samples))],
        [.. LatencyBandwidthFit.FitAll(timings).Select(f => new Line(
            f.Kind, f.Class.Name, f.Class.Above, f.Class.UpTo, f.LatencySeconds, f.BytesPerSecond, f.RelativeError, f.Samples))]);

    /// <summary>The measurement that a run keeps of it.</summary>
    public CollectiveMeasurement ToMeasurement() => new(
        Library, Ranks, RanksPerHost, [.. Points.Select(point =>
            new CollectiveTiming(point.Kind, point.SizeBytes, Ranks, point.Iterations, point.SamplesS))]);

    /// <summary>Reads the JSON document.</summary>
    public static CollectiveReport FromJson(string json) =>
        JsonSerializer.Deserialize(json, CollectiveReportJson.Default.CollectiveReport)!;

    /// <summary>The JSON document.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CollectiveReportJson.Default.CollectiveReport);
}

/// <summary>JSON of <see cref="CollectiveReport"/>; an unbounded interval is written as "Infinity".</summary>
[JsonSerializable(typeof(CollectiveReport))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class CollectiveReportJson : JsonSerializerContext;
