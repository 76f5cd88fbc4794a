using Cocona;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan config</c>: the settings in force.</summary>
internal sealed class ConfigCommand(IAnsiConsole console)
{
    /// <summary>Prints each setting, its value and the place that gave it.</summary>
    [Command("show", Description = "Print each setting, its value and where the value comes from.")]
    public int Show(CommonOptions common, [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var entries = common.LoadSettings().Entries.ToList();
        var listing = new Listing<(Setting Setting, string Text, string Origin)>("settings", "Settings in force", entries,
            new ListingColumn<(Setting Setting, string Text, string Origin)>("key", "Setting", entry => entry.Setting.Key),
            new("value", "Value", entry => entry.Text),
            new("origin", "From", entry => entry.Origin),
            new("description", "Meaning", entry => entry.Setting.Description));
        ListingOutput.Print(listing, format, console, Console.Out);
        return ExitCode.Done;
    }
}
