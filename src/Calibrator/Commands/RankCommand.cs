using System.Text.Json;
using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Processes;
using SlmPlanner.Data.Measurements.Runs;

using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate rank</c>: the child process of a burst. Hidden: its parent sets the allocator and reads the report.</summary>
internal sealed class RankCommand(MainThread thread)
{
    private static readonly CommandOption<string> Spec = CommandOption.Needed("spec", Values.Text("JSON"), "the burst spec") with
    {
        Example = "'{\"schema_version\":1}'",
    };

    private static readonly CommandOption<RankPurpose> Purpose = CommandOption.Needed(
        "purpose", Values.Choice<RankPurpose>() with { Word = "PURPOSE" }, "what to measure") with
    {
        Example = "time",
    };

    private static readonly CommandOption<bool> EndWithParent = CommandOption.Flag("end-with-parent", "end when standard input closes");

    private static readonly CommandOption<double?> Budget = CommandOption.Optional(
        "budget-s", Values.Number("SECONDS"), "time for all steps; without it the spec's steps are run") with
    {
        Example = "60",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "rank", "Run one rank of a burst (started by burst and run).")
    {
        Options = [Spec, Purpose, MachineOptions.Device, EndWithParent, RankOptions.StallLimit, Budget],
        Examples = ["slm-calibrate rank --spec \"$(cat burst.json)\" --purpose time"],
        IsHidden = true,
    }.DoneBy<RankCommand>((command, given) => command.Run(given));

    /// <summary>Runs one rank and prints its <see cref="RankReport"/> as one line.</summary>
    private int Run(Given given)
    {
        var (device, purpose) = (given.Of(MachineOptions.Device), given.Of(Purpose));
        if (given.Of(EndWithParent))
            ParentWatch.EndWithParent();
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        var burst = BurstSpecReader.Parse(given.Of(Spec), "--spec");
        var rules = given.Of(Budget) is { } seconds
            ? StoppingRules.Adaptive(seconds)
            : StoppingRules.Fixed(burst.Warmup, burst.Steps);
        return thread.Run(() =>
            RankSession.Run(TimeSpan.FromSeconds(given.Of(RankOptions.StallLimit)), ComputeDevices.CudaIndex(device) is not null, group =>
        {
            var report = RankWork.Run(burst, purpose, group.Cuda is { } index ? $"cuda:{index}" : device, rules, group, stop.Token);
            if (group.Rank == 0)
                Console.WriteLine(JsonSerializer.Serialize(report, MeasurementJson.Line));
            return ExitCode.Done;
        }));
    }
}
