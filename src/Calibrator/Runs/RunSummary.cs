using SlmPlanner.Calibrator.Measurement;
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
        console.WriteLine($"measured peaks  fp32 {device.Fp32Tflops * 1000:0} GFLOP/s, bf16 {device.Bf16Tflops * 1000:0} GFLOP/s, memory {device.MemoryBandwidthGbS:0.0} GB/s");
        console.WriteLine($"bursts          {result.State.Fitted.Count} fitted, {result.HeldOut.Count} held out");
        if (result.HeldOutError is { } error)
            console.WriteLine($"held-out error  {error:P1} mean absolute, 90 % interval held {result.Coverage:P0}");
        if (result.LeftOut.Count > 0)
            console.WriteLine($"left-out error  {result.LeftOut.Average(burst => Math.Abs(burst.Error)):P1} mean absolute over five-fold refits");
        foreach (var finding in result.Findings)
            console.WriteLine($"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Message}");
        console.WriteLine($"profile         {folder.Profile}");
        console.WriteLine($"report          {folder.Report}");
    }
}
