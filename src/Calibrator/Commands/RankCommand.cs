using System.Globalization;
using System.Text.Json;
using Cocona;
using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate rank</c>: the child process of a burst. Hidden: its parent sets the allocator and reads the report.</summary>
internal sealed class RankCommand
{
    /// <summary>Runs one rank and prints its <see cref="RankReport"/> as one line.</summary>
    [Hidden]
    [Command("rank", Description = "Run one rank of a burst (started by burst and run).")]
    public int Run(
        [Option(Description = "The burst spec.")] string spec,
        [Option(Description = "What to measure: time, memory, bare, race, both.")] RankPurpose purpose,
        [Option(Description = "cpu or cuda:N.")] string device = "cpu",
        [Option("end-with-parent", Description = "End when standard input closes.")] bool endWithParent = false,
        [Option("stall-limit-s", Description = "Give up when other ranks keep this one waiting longer.")] int stallLimitS = 120,
        [Option("budget-s", Description = "Seconds for all steps; without it the spec's steps are run.")] string? budget = null)
    {
        if (endWithParent)
            ParentWatch.EndWithParent();
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        var burst = BurstSpecReader.ReadFile(spec);
        var rules = budget is null
            ? StoppingRules.Fixed(burst.Warmup, burst.Steps)
            : StoppingRules.Adaptive(double.Parse(budget, CultureInfo.InvariantCulture));
        return MainThread.Run(() => RankSession.Run(TimeSpan.FromSeconds(stallLimitS), ComputeDevices.CudaIndex(device) is not null, group =>
        {
            var report = RankWork.Run(burst, purpose, group.Cuda is { } index ? $"cuda:{index}" : device, rules, group, stop.Token);
            if (group.Rank == 0)
                Console.WriteLine(JsonSerializer.Serialize(report, MeasurementJson.Line));
            return ExitCode.Done;
        }));
    }
}
