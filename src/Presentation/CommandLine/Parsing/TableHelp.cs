using Cocona.Application;
using Cocona.Command;
using Cocona.Help;
using Cocona.Help.DocumentModel;
using Spectre.Console;

namespace SlmPlanner.Presentation.CommandLine.Parsing;

/// <summary>Gives Cocona our own help for our own commands.</summary>
internal sealed class TableHelp(
    CommandTable table, ICoconaApplicationMetadataProvider application, IServiceProvider services, IAnsiConsole console)
    : ICoconaCommandHelpProvider
{
    private const int Narrowest = 60;
    private const int Widest = 120;

    private readonly CoconaCommandHelpProvider _cocona = new(application, services);

    /// <inheritdoc/>
    public HelpMessage CreateCommandHelp(CommandDescriptor command, IReadOnlyList<CommandDescriptor> subCommandStack) =>
        DescribedCommands.Of(command) is { } known
            ? Message(Help([.. subCommandStack.Select(group => group.Name)]).Of(known))
            : _cocona.CreateCommandHelp(command, subCommandStack);

    /// <inheritdoc/>
    public HelpMessage CreateCommandsIndexHelp(CommandCollection commandCollection, IReadOnlyList<CommandDescriptor> subCommandStack)
    {
        var shown = commandCollection.All.Select(DescribedCommands.Of).OfType<Command>().ToList();
        return Message(table.Commands.FirstOrDefault(group => group.Commands.Contains(shown[0])) is { } group
            ? Help(group.Name).Index(group.Help, shown)
            : Help().Index(table.Help, shown, ("--version", "show the version"),
                ("--completion SHELL", "print a script for completion: bash or zsh")));
    }

    /// <inheritdoc/>
    public HelpMessage CreateVersionHelp() => _cocona.CreateVersionHelp();

    private HelpText Help(params IReadOnlyList<string> groups) =>
        new(string.Join(' ', [table.Program, .. groups]), Math.Clamp(console.Profile.Width, Narrowest, Widest));

    private static HelpMessage Message(string text) => new(new HelpSection(new HelpPreformattedText(text)));
}
