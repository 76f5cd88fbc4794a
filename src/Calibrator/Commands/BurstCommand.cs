using System.Text.Json;
using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Loading;
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
    private static readonly CommandOption<string> Spec = CommandOption.Needed("spec", Values.Text("FILE"), "the burst spec (JSON)") with
    {
        Example = "burst.json",
    };

    private static readonly CommandOption<bool> Bare = CommandOption.Flag(
        "bare", "also time a bare TorchSharp loop of the same model, side by side");

    private static readonly CommandOption<bool> TimeOnly = CommandOption.Flag(
        "time-only", "leave out the second pass, which measures memory");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "burst", "Train one configuration for a few steps and measure it.")
    {
        Options = [Spec, MachineOptions.Device, MachineOptions.Libtorch, Bare, TimeOnly, .. RankOptions.All, MachineOptions.Format],
        Examples = ["slm-calibrate burst --spec burst.json --device cuda:0"],
    }.DoneBy<BurstCommand>((command, given) => command.Run(given));

    /// <summary>Measures the spec's steps after its warm-up and prints the result.</summary>
    private async Task<int> Run(Given given)
    {
        InstalledTorch.Use(given.Of(MachineOptions.Libtorch));
        var (device, format, ranks) = (given.Of(MachineOptions.Device), given.Of(MachineOptions.Format), RankOptions.Of(given));
        ComputeDevices.Check(device);
        var burst = BurstSpecReader.ReadFile(given.Of(Spec));
        var name = DeviceName.Of(device, burst.Threads);
        if (RankEnvironment.Read(Environment.GetEnvironmentVariable) is { Size: > 1 } place)
            return RankSession.Run(ranks.StallLimit, ComputeDevices.CudaIndex(device) is not null, group =>
            {
                var measured = new BurstMeasurer(device, name, clock, ranks with { Ranks = place.Size }).MeasureAsRank(burst, group);
                return group.Rank == 0 ? Print(measured, format) : ExitCode.Done;
            });
        using var interrupt = new Interrupt();
        return Print(await new BurstMeasurer(device, name, clock, ranks)
            .Measure(burst, null, withMemory: !given.Of(TimeOnly), given.Of(Bare), interrupt.Token), format);
    }

    private int Print(BurstResult result, OutputFormat format)
    {
        if (format == OutputFormat.Json)
            Console.WriteLine(JsonSerializer.Serialize(result, MeasurementJson.Pretty));
        else
            BurstTable.Write(console, result);
        return result.Status == BurstStatus.Failed ? ExitCode.Unexpected : ExitCode.Done;
    }
}
