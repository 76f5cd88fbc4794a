using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Text;
using SlmPlanner.Presentation.Wording;
using Spectre.Console;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>The result of a run on the console.</summary>
internal static class RunSummary
{
    /// <summary>Prints device, proof, findings and files.</summary>
    public static void Write(IAnsiConsole console, CalibrationResult result, RunFolder folder)
    {
        var device = result.Device;
        console.WriteLine($"device          {device.Name}");
        console.WriteLine($"measured peaks  fp32 {device.Fp32Tflops * 1000:0} GFLOP/s, bf16 {device.Bf16Tflops * 1000:0} GFLOP/s, "
            + $"memory {device.MemoryBandwidthGbS:0.0} GB/s");
        console.WriteLine($"bursts          {result.State.Fitted.Count} fitted, {result.HeldOut.Count} held out, "
            + $"{result.State.Measurements.Count} measurements");
        if (result.HeldOutError is { } error)
            console.WriteLine($"held-out error  {error:P1} mean absolute ({result.HeldOutErrorAtPace:P1} at the profile's pace), 90 % "
                + $"interval held {result.Coverage:P0}; 6ND at one MFU {result.NaiveError:P0}");
        if (result.Repeatability is { } repeat)
            console.WriteLine($"repeatability   {repeat.StepTime:P1} between two measurements of one configuration "
                + $"({repeat.StepTimeAtPace:P1} at one pace), {repeat.Pairs} pairs: no error below it can be shown");
        foreach (var scheme in result.HeldOut.GroupBy(burst => burst.Spec.Parallelism).OrderBy(scheme => scheme.Key)
            .Where(_ => device.Link is not null))
            console.WriteLine($"  {DeclaredName.Of(scheme.Key),-13} {scheme.Average(burst => Math.Abs(burst.Error)):P1} "
                + $"over {scheme.Count()} held out");
        if (device.Link?.Lines.LastOrDefault(line => line.Operation == CollectiveOperation.AllReduce) is { } line)
            console.WriteLine($"link            {device.Link.Library}, {device.Link.Ranks} ranks: all-reduce "
                + $"{line.BusBytesPerS / 1e9:0.00} GB/s ({line.BusBytesPerSLow / 1e9:0.00} to {line.BusBytesPerSHigh / 1e9:0.00}), "
                + $"latency {line.LatencyS * 1e6:0} µs");
        if (result.LeftOut.Count > 0)
            console.WriteLine($"left-out error  {result.LeftOut.Average(burst => Math.Abs(burst.Error)):P1} mean absolute over ten-fold "
                + $"refits");
        foreach (var finding in result.Findings)
            console.WriteLine(FindingWords.Line(finding));
        console.WriteLine($"profile         {folder.Profile}");
        console.WriteLine($"report          {folder.Report}");
    }
}
