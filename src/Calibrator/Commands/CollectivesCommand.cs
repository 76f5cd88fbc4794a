using Cocona;
using SlmPlanner.Calibrator.Distributed.Benchmark;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Core;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate collectives</c>: latency and bandwidth of this machine's collectives.</summary>
internal sealed class CollectivesCommand
{
    private const int Rounds = 9;
    private const double RoundSeconds = 0.02;
    private const long LargestAllowed = 1L << 31;

    /// <summary>Measures and fits.</summary>
    [Command("collectives", Description = "Measure latency and bandwidth of collectives between ranks, and fit them.")]
    public int Measure(
        RankOptions options,
        [Option("min-bytes", Description = "Smallest message.")] long minBytes = 1024,
        [Option("max-bytes", Description = "Largest message.")] long maxBytes = 256L << 20,
        [Option(Description = "float32 or bfloat16.")] ElementType type = ElementType.Float32,
        [Option(Description = "blocking, nonblocking (start and wait) or training (each operation as training calls it).")] CallStyle calls = CallStyle.Blocking,
        [Option("longest-s", Description = "Pass over larger messages once an operation takes longer than this, seconds.")] double? longestS = null,
        [Option(Description = "cpu (MPI) or cuda (NCCL).")] DeviceKind device = DeviceKind.Cpu,
        [Option(Description = "table or json.")] OutputFormat format = OutputFormat.Table)
    {
        if (minBytes < 1 || maxBytes < minBytes || maxBytes > LargestAllowed)
            throw new InputException($"--min-bytes {minBytes} and --max-bytes {maxBytes} must be ascending and between 1 and {LargestAllowed}");
        if (type == ElementType.Byte)
            throw new InputException("--type byte has no sum; use float32 or bfloat16");
        if (longestS is <= 0)
            throw new InputException($"--longest-s is {longestS}; a number of seconds above 0 is allowed");
        return RankedRun.Execute(options.Checked(), device == DeviceKind.Cuda, group =>
        {
            if (group.Size == 1)
                throw new InputException("one rank has no collectives to measure; use --ranks 2 or more, or start it under mpirun");
            var sizes = CollectiveSweep.SizesBetween(minBytes, maxBytes, type, group.Size);
            var sweep = new CollectiveSweep(CollectiveSweep.KindsFor(calls), sizes, type, Rounds, RoundSeconds, calls, longestS ?? double.PositiveInfinity);
            var timings = CollectiveBenchmark.Run(group, sweep);
            if (group.Rank == 0)
                Print(CollectiveReport.Of(group.Device.Library, group.RanksPerHost, sweep, timings), format);
            return ExitCode.Done;
        });
    }

    private static void Print(CollectiveReport report, OutputFormat format) =>
        Console.Out.WriteLine(format == OutputFormat.Json ? report.ToJson() : CollectiveTable.Of(report));
}
