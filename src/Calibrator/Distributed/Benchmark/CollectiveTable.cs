using System.Text;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>The result of a sweep for people, in the columns of nccl-tests.</summary>
internal static class CollectiveTable
{
    private const double Mega = 1e6;
    private const double Giga = 1e9;

    /// <summary>Text with one line per point, then one per fit.</summary>
    public static string Of(CollectiveReport report)
    {
        var text = new StringBuilder();
        text.AppendLine($"{report.Library}, {report.Ranks} ranks ({report.RanksPerHost} per host), {report.Type}{Words(report.Calls)}");
        text.AppendLine($"{"operation",-14} {"bytes",12} {"median us",12} {"best us",12} {"algbw GB/s",11} {"busbw GB/s",11}");
        foreach (var p in report.Points)
            text.AppendLine($"{p.Kind,-14} {p.SizeBytes,12} {p.TimeS * Mega,12:0.0} {p.TimeLowS * Mega,12:0.0} "
                + $"{p.AlgorithmBytesPerS / Giga,11:0.000} {p.BusBytesPerS / Giga,11:0.000}");
        text.AppendLine().AppendLine($"{"fit",-14} {"sizes",-8} {"latency us (90 %)",-28} {"bus GB/s (90 %)",-24} {"error",6}");
        foreach (var f in report.Fits)
            text.AppendLine($"{f.Kind,-14} {f.SizeClass,-8} {Interval(f.LatencyS, Mega),-28} {Interval(f.BusBytesPerS, 1 / Giga),-24} "
                + $"{f.RelativeError,6:0.0%}");
        return text.ToString();
    }

    private static string Words(CallStyle calls) => calls switch
    {
        CallStyle.NonBlocking => ", non-blocking",
        CallStyle.Training => ", called as training does",
        _ => "",
    };

    private static string Interval(Estimate estimate, double scale) =>
        $"{estimate.Value * scale:0.00} ({estimate.Low * scale:0.00} to {estimate.High * scale:0.00})";
}
