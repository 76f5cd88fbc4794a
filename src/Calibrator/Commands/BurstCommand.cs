using System.Text.Json;
using Cocona;
using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Core;
using SlmPlanner.Presentation.CommandLine;
using Spectre.Console;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate burst</c>: one configuration, measured.</summary>
internal sealed class BurstCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>Measures the spec's steps after its warm-up and prints the result.</summary>
    [Command("burst", Description = "Train one configuration for a few steps and measure it.")]
    public async Task<int> Run(
        [Option(Description = "The burst spec, a JSON file.")] string spec,
        [Option(Description = "cpu, cuda or cuda:N.")] string device = "cpu",
        [Option(Description = "Ranks that train together.")] int ranks = 1,
        [Option(Description = "table or json.")] string format = "table",
        [Option(Description = "Also time a bare TorchSharp loop of the same model, side by side.")] bool bare = false)
    {
        ComputeDevices.Check(device);
        if (format is not ("table" or "json"))
            throw new InputException($"--format is {format}; table or json is allowed");
        if (ranks != 1)
            throw new InputException($"--ranks is {ranks}; this build measures one rank");
        var burst = BurstSpecReader.ReadFile(spec);
        using var interrupt = new Interrupt();
        var measurer = new BurstMeasurer(device, DeviceName.Of(device, burst.Threads), clock);
        var result = await measurer.Measure(burst, null, withMemory: true, bare, interrupt.Token);
        if (format == "json")
            Console.WriteLine(JsonSerializer.Serialize(result, MeasurementJson.Pretty));
        else
            BurstTable.Write(console, result);
        return result.Status == BurstStatus.Failed ? ExitCode.Unexpected : ExitCode.Done;
    }
}
