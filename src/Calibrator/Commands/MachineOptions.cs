using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Presentation.CommandLine;
using static SlmPlanner.Presentation.CommandLine.CommandOption;

namespace SlmPlanner.Calibrator.Commands;

/// <summary>The options that several commands of the calibrator share.</summary>
internal static class MachineOptions
{
    public static readonly CommandOption<string> Device = OrElse(
        "device", Values.Text("cpu|cuda[:N]"), "cpu", "what to measure; of several GPUs, cuda:N is one");

    public static readonly CommandOption<string?> Libtorch = Text(
        "libtorch", "FOLDER", "torch/lib of an installed PyTorch of the same version, CUDA included, instead of the package's libtorch") with
    {
        Example = "/usr/lib/python3/dist-packages/torch/lib",
    };

    public static readonly CommandOption<DeviceKind> Kind = OrElse(
        "device", Values.Choice<DeviceKind>(), DeviceKind.Cpu, "cpu (MPI) or cuda (NCCL)");

    public static readonly CommandOption<string> Calibration = Needed(
        "calibration", Values.Text("FOLDER"), "folder of the calibration (run --out FOLDER)") with
    {
        Example = "my-machine",
    };

    public static readonly CommandOption<string?> History = Text("history", "FILE", "SQLite file of past runs") with
    {
        Example = "history.db",
        Default = "the user's own",
    };

    /// <summary>Seed of a random choice.</summary>
    public static CommandOption<int> Seed(int seed, string help) => OrElse("seed", Values.Whole("NUMBER"), seed, help);

    /// <summary>How many configurations are drawn.</summary>
    public static CommandOption<int> Count(int count) => OrElse("count", Values.Whole("COUNT"), count, "configurations to draw");

    /// <summary>How often each is measured.</summary>
    public static CommandOption<int> Turns(string help) => OrElse("turns", Values.Whole("COUNT").Within(1, 100), 4, help);

    /// <summary>What a command prints, of the formats that it has.</summary>
    public static readonly CommandOption<OutputFormat> Format = OrElse(
        "format", Values.Choice(OutputFormat.Table, OutputFormat.Json), OutputFormat.Table, "what to print") with
    {
        Group = OptionGroup.Output,
    };
}
