using System.Text.Json;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.MicroBenchmarks;
using SlmPlanner.Calibrator.Processes;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate micro</c>: the child process of the micro-benchmarks. Hidden, like <see cref="RankCommand"/>.</summary>
internal sealed class MicroCommand(MainThread thread)
{
    private static readonly CommandOption<string> Device = MachineOptions.Device with { IsRequired = true };

    private static readonly CommandOption<int> Threads = CommandOption.Needed(
        "threads", Values.Whole("COUNT"), "threads of an operator") with
    {
        Example = "4",
    };

    private static readonly CommandOption<double> Budget = CommandOption.Needed(
        "budget-s", Values.Number("SECONDS"), "time for the whole suite") with
    {
        Example = "60",
    };

    private static readonly CommandOption<double> Limit = CommandOption.Needed(
        "limit-s", Values.Number("SECONDS"), "time after which only what a profile can't do without is measured") with
    {
        Example = "120",
    };

    private static readonly CommandOption<bool> EndWithParent = CommandOption.Flag("end-with-parent", "end when standard input closes");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "micro", "Run the micro-benchmarks (started by run).")
    {
        Options = [Device, Threads, Budget, Limit, EndWithParent],
        Examples = ["slm-calibrate micro --device cpu --threads 4 --budget-s 60 --limit-s 120"],
        IsHidden = true,
    }.DoneBy<MicroCommand>((command, given) => command.Run(given));

    /// <summary>Runs the suite and prints its samples as one line.</summary>
    private int Run(Given given)
    {
        if (given.Of(EndWithParent))
            ParentWatch.EndWithParent();
        using var interrupt = new Interrupt();
        var samples = thread.Run(() =>
        {
            TorchRuntime.Load(given.Of(Threads));
            return new MicroSuite(ComputeDevices.Open(given.Of(Device))).Run(given.Of(Budget), given.Of(Limit), interrupt.Token);
        });
        Console.WriteLine(JsonSerializer.Serialize(samples, MeasurementJson.Line));
        return 0;
    }
}
