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
    private static readonly ValueKind<long> Bytes = ByteCount();

    private static readonly CommandOption<long> MinBytes = CommandOption.OrElse("min-bytes", Bytes, 1024L, "smallest message");

    private static readonly CommandOption<long> MaxBytes = CommandOption.OrElse("max-bytes", Bytes, 256L << 20, "largest message");

    private static readonly CommandOption<ElementType> Type = CommandOption.OrElse(
        "type", Values.Choice(ElementType.Float32, ElementType.BFloat16), ElementType.Float32, "type of an element");

    private static readonly CommandOption<CallStyle> Calls = CommandOption.OrElse(
        "calls", Values.Choice<CallStyle>() with { Word = "STYLE" }, CallStyle.Blocking,
        "nonblocking starts and waits; training does each operation as training calls it");

    private static readonly CommandOption<double?> LongestS = CommandOption.Optional(
        "longest-s", Values.Number("SECONDS").Within(1e-9, 1e6), "pass over larger messages once an operation takes longer than this") with
    {
        Example = "0.5",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "collectives", "Measure latency and bandwidth of collectives between ranks, and fit them.")
    {
        Options = [MinBytes, MaxBytes, Type, Calls, LongestS, MachineOptions.Kind, .. RankOptions.All, MachineOptions.Format],
        Examples = ["slm-calibrate collectives --ranks 4 --max-bytes 67108864"],
    }.DoneBy<CollectivesCommand>((command, given) => Measure(given));

    /// <summary>Measures and fits.</summary>
    private static int Measure(Given given)
    {
        var (minBytes, maxBytes, type, calls) = (given.Of(MinBytes), given.Of(MaxBytes), given.Of(Type), given.Of(Calls));
        if (maxBytes < minBytes)
            throw new InputException($"--min-bytes is {minBytes}, allowed at most --max-bytes, {maxBytes}");
        return RankedRun.Execute(RankOptions.Of(given), given.Of(MachineOptions.Kind) == DeviceKind.Cuda, group =>
        {
            if (group.Size == 1)
                throw new InputException("one rank has no collectives to measure; use --ranks 2 or more, or start it under mpirun");
            var sizes = CollectiveSweep.SizesBetween(minBytes, maxBytes, type, group.Size);
            var longest = given.Of(LongestS) ?? double.PositiveInfinity;
            var sweep = new CollectiveSweep(CollectiveSweep.KindsFor(calls), sizes, type, Rounds, RoundSeconds, calls, longest);
            var timings = CollectiveBenchmark.Run(group, sweep);
            if (group.Rank == 0)
                Print(CollectiveReport.Of(group.Device.Library, group.RanksPerHost, sweep, timings), given.Of(MachineOptions.Format));
            return ExitCode.Done;
        });
    }

    private static ValueKind<long> ByteCount()
    {
        var number = Values.Number("BYTES").Within(1, 1L << 31);
        return new("BYTES", (option, text) => (long)number.Read(option, text), bytes => number.Show(bytes))
        {
            Range = number.Range,
            Allowed = number.Allowed,
        };
    }

    private static void Print(CollectiveReport report, OutputFormat format) =>
        Console.Out.WriteLine(format == OutputFormat.Json ? report.ToJson() : CollectiveTable.Of(report));
}
