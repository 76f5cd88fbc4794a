using SlmPlanner.Planner.Configuration;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan config</c>: the settings in force.</summary>
internal sealed class ConfigCommand(IAnsiConsole console)
{
    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command("show", "Print each setting, its value and where the value comes from.")
    {
        Options = [OutputOptions.Format, .. DataOptions.All],
        Examples = ["slm-plan config show --set max_gpus=16"],
    }.DoneBy<ConfigCommand>((command, given) => command.Show(given));

    /// <summary>Prints each setting, its value and the place that gave it.</summary>
    private int Show(Given given)
    {
        var entries = DataOptions.LoadSettings(given).Entries.ToList();
        var listing = new Listing<(Setting Setting, string Text, string Origin)>("settings", "Settings in force", entries,
            new ListingColumn<(Setting Setting, string Text, string Origin)>("key", "Setting", entry => entry.Setting.Key),
            new("value", "Value", entry => entry.Text),
            new("origin", "From", entry => entry.Origin),
            new("description", "Meaning", entry => entry.Setting.Description));
        ListingOutput.Print(listing, given.Of(OutputOptions.Format), console, Console.Out);
        return ExitCode.Done;
    }
}
