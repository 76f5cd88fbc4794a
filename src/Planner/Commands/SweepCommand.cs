using SlmPlanner.Core.Planning.Sweeps;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Sweeps;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan sweep</c>: the best plan as one or two things change.</summary>
internal sealed class SweepCommand(IAnsiConsole console, TimeProvider clock)
{
    private static readonly CommandOption<string> Over = CommandOption.Needed(
        "over", Values.Text("LIST"),
            $"one or two things to change: {string.Join(", ", SweepReader.Names)}; "
        + "mfu is utilisation over the predicted one, link GB/s inside a machine, network Gbit/s between machines") with
    {
        Example = "gpus,price",
    };

    private static readonly CommandOption<string?> ValueTexts = CommandOption.Text(
        "values", "LIST", "values, separated by commas, and after a semicolon those of the second") with
    {
        Example = "1,4,8;0.5,1", Default = "a range that suits it",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "sweep", "Plan again and again while one or two things change: tokens per dollar against GPUs, batch, price, …")
    {
        Options = [Over, ValueTexts, .. RequestOptions.All, DataOptions.Offers, OutputOptions.Folder, OutputOptions.Format,
            .. CurrencyOptions.All, .. DataOptions.Predicting],
        Examples =
        [
            "slm-plan sweep --model slm-1b --tokens 20B --over gpus",
            "slm-plan sweep --model slm-1b --tokens 20B --over link --values 32,600",
        ],
    }.DoneBy<SweepCommand>((command, given) => command.Sweep(given));

    /// <summary>Plans once per value and prints tokens per dollar, cost and time of each best candidate.</summary>
    private int Sweep(Given given)
    {
        using var interrupt = new Interrupt();
        using var shown = CurrencyOptions.Show(given);
        var bench = DataOptions.OpenBench(given, clock);
        var request = bench.Requests.Read(given);
        var axes = SweepReader.Read(given.Of(Over), given.Of(ValueTexts), request, bench);
        var rows = new Core.Planning.Sweeps.Sweep(bench.InputsFor(given)).Run(request, axes, interrupt.Token);
        if (given.Of(OutputOptions.Folder) is { } folder)
            SweepOutput.WriteFolder(axes, rows, folder);
        SweepOutput.Print(axes, rows, given.Of(OutputOptions.Format), console, Console.Out);
        return rows.Any(row => row.Feasible) ? ExitCode.Done : ExitCode.NoFeasiblePlan;
    }
}
