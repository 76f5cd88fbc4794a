using System.Text.Json;
using Cocona;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.MicroBenchmarks;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate micro</c>: the child process of the micro-benchmarks. Hidden, like <see cref="RankCommand"/>.</summary>
internal sealed class MicroCommand
{
    /// <summary>Runs the suite and prints its samples as one line.</summary>
    [Hidden]
    [Command("micro", Description = "Run the micro-benchmarks (started by run).")]
    public int Run(
        [Option(Description = "cpu or cuda:N.")] string device,
        [Option(Description = "Threads of an operator.")] int threads,
        [Option("budget-s", Description = "Seconds for the whole suite.")] double budget,
        [Option("end-with-parent", Description = "End when standard input closes.")] bool endWithParent = false)
    {
        if (endWithParent)
            ParentWatch.EndWithParent();
        using var interrupt = new Interrupt();
        var samples = MainThread.Run(() =>
        {
            TorchRuntime.Load(threads);
            return new MicroSuite(ComputeDevices.Open(device)).Run(budget, interrupt.Token);
        });
        Console.WriteLine(JsonSerializer.Serialize(samples, MeasurementJson.Line));
        return 0;
    }
}
