using Cocona.Command;
using Cocona.ShellCompletion.Candidate;

namespace SlmPlanner.Presentation.CommandLine.Parsing;

/// <summary>Our table of commands as Cocona describes commands.</summary>
internal sealed class DescribedCommands(CommandTable table) : ICoconaCommandProvider
{
    private static readonly System.Reflection.MethodInfo NoMethod = ((Action)(() => { })).Method;

    /// <inheritdoc/>
    public CommandCollection GetCommandCollection() => Collection(table.Commands);

    /// <summary>The command that a description was made from; null for one of Cocona's own.</summary>
    public static Command? Of(CommandDescriptor described) => described.Metadata.OfType<Command>().FirstOrDefault();

    private static CommandCollection Collection(IEnumerable<Command> commands) => new([.. commands.Select(Describe)]);

    private static CommandDescriptor Describe(Command command) => new(
        NoMethod, null, command.Name, [], command.Help, [command], [],
        [.. command.Options.Select(option => new DescribedOption(option))],
        [.. command.Arguments.Select(Describe)],
        [], [],
        (command.IsHidden ? CommandFlags.Hidden : 0) | (command.Commands.Count > 0 ? CommandFlags.SubCommandsEntryPoint : 0),
        command.Commands.Count > 0 ? Collection(command.Commands) : null);

    private static CommandArgumentDescriptor Describe(CommandArgument argument, int order) => new(
        argument.IsList ? typeof(string[]) : typeof(string), argument.Name, order, argument.Help,
        argument.IsOptional ? new CoconaDefaultValue(null) : CoconaDefaultValue.None, []);
}

/// <summary>An option as Cocona describes options: a flag, or a text that our own reader takes.</summary>
internal sealed class DescribedOption(CommandOption option) : CommandOptionDescriptor(
    option.IsFlag ? typeof(bool) : option.IsRepeatable ? typeof(string[]) : typeof(string),
    option.Name, [], option.Help,
    option.IsFlag ? new CoconaDefaultValue(false) : new CoconaDefaultValue(null),
    option.ValueWord, CommandOptionFlags.None, [.. Completion(option)])
{
    public CommandOption Option => option;

    private static IEnumerable<Attribute> Completion(CommandOption option)
    {
        if (option.Choices.Count > 0)
            yield return new CompletionCandidatesAttribute([.. option.Choices]);
        else if (option.ValueWord.EndsWith("FILE", StringComparison.Ordinal))
            yield return new CompletionCandidatesAttribute(CompletionCandidateType.File);
        else if (option.ValueWord == "FOLDER")
            yield return new CompletionCandidatesAttribute(CompletionCandidateType.Directory);
    }
}
