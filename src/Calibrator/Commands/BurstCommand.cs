using System.Text.Json;
using Cocona;
using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Presentation.CommandLine;
using Spectre.Console;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate burst</c>: one configuration, measured.</summary>
internal sealed class BurstCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>Measures the spec's steps after its warm-up and prints the result.</summary>
    [Command("burst", Description = "Train one configuration for a few steps and measure it.")]
    public async Task<int> Run(
        RankOptions ranks,
        [Option(Description = "The burst spec, a JSON file.")] string spec,
        [Option(Description = "cpu, cuda or cuda:N.")] string device = "cpu",
        [Option(Description = "table or json.")] string format = "table",
        [Option(Description = "Also time a bare TorchSharp loop of the same model, side by side.")] bool bare = false,
        [Option("time-only", Description = "Leave out the second pass, which measures memory.")] bool timeOnly = false)
    {
        ComputeDevices.Check(device);
        if (format is not ("table" or "json"))
            throw new InputException($"--format is {format}; table or json is allowed");
        var burst = BurstSpecReader.ReadFile(spec);
        var name = DeviceName.Of(device, burst.Threads);
        if (RankEnvironment.Read(Environment.GetEnvironmentVariable) is { Size: > 1 } place)
            return RankSession.Run(ranks.Checked().StallLimit, ComputeDevices.CudaIndex(device) is not null, group =>
            {
                var measured = new BurstMeasurer(device, name, clock, ranks.Checked() with { Ranks = place.Size }).MeasureAsRank(burst, group);
                return group.Rank == 0 ? Print(measured, format) : ExitCode.Done;
            });
        using var interrupt = new Interrupt();
        return Print(await new BurstMeasurer(device, name, clock, ranks.Checked()).Measure(burst, null, withMemory: !timeOnly, bare, interrupt.Token), format);
    }

    private int Print(BurstResult result, string format)
    {
        if (format == "json")
            Console.WriteLine(JsonSerializer.Serialize(result, MeasurementJson.Pretty));
        else
            BurstTable.Write(console, result);
        return result.Status == BurstStatus.Failed ? ExitCode.Unexpected : ExitCode.Done;
    }
}
