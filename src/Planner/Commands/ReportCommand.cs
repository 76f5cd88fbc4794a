using Cocona;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan report</c>: renders a saved plan again.</summary>
internal sealed class ReportCommand(IAnsiConsole console)
{
    private static readonly CommandArgument Plan = new("PLAN", "a plan.json that 'plan --out' or 'plan --format json' wrote");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command("report", "Render a saved plan again: on the console, and as a report with --out.")
    {
        Arguments = [Plan],
        Options = [OutputOptions.Folder, OutputOptions.Details, OutputOptions.Format],
        Examples = ["slm-plan report plan.json --out report"],
    }.DoneBy<ReportCommand>((command, given) => command.Report(given));

    /// <summary>Prints a saved plan, and writes its report where a folder is given.</summary>
    private int Report(Given given)
    {
        var result = PlanJson.ReadFile(given.Of(Plan)!);
        if (given.Of(OutputOptions.Folder) is { } folder)
            PlanOutput.WriteFolder(result, folder);
        PlanOutput.Print(result, given.Of(OutputOptions.Format), console, Console.Out, given.Of(OutputOptions.Details));
        return PlanOutput.ExitCodeOf(result);
    }
}
