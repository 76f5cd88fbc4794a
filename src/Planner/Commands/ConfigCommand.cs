using Cocona;
using SlmPlanner.Planner.Reporting.Tables;
using SlmPlanner.Presentation.CommandLine;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan config</c>: the settings in force.</summary>
internal sealed class ConfigCommand(IAnsiConsole console)
{
    /// <summary>Prints each setting, its value and the place that gave it.</summary>
    [Command("show", Description = "Print each setting, its value and where the value comes from.")]
    public int Show(CommonOptions common, [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table) => 0;
}
