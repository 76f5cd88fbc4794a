using Cocona;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan report</c>: renders a saved plan again.</summary>
internal sealed class ReportCommand(IAnsiConsole console)
{
    /// <summary>Prints a saved plan, and writes its report where a folder is given.</summary>
    [Command("report", Description = "Render a saved plan again: on the console, and as a report with --out.")]
    public int Report(
        [Argument(Description = "A plan.json that 'plan --out' or 'plan --format json' wrote.")] string plan,
        [Option("out", Description = "Folder for report.html, charts and tables.")] string? outFolder = null,
        [Option("format", Description = "What to print.")] OutputFormat format = OutputFormat.Table)
    {
        var result = PlanJson.ReadFile(plan);
        if (outFolder is not null)
            PlanOutput.WriteFolder(result, outFolder);
        PlanOutput.Print(result, format, console, Console.Out);
        return PlanOutput.ExitCodeOf(result);
    }
}
