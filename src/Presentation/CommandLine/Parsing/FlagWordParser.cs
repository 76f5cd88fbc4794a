using Cocona.Command;
using Cocona.CommandLine;

namespace SlmPlanner.Presentation.CommandLine.Parsing;

/// <summary>
/// Cocona's parser, with words after a flag that mean the same as the flag alone: <c>--spot auto</c> and <c>--spot=auto</c>.
/// </summary>
internal sealed class FlagWordParser : ICoconaCommandLineParser
{
    private readonly CoconaCommandLineParser _parser = new();

    /// <inheritdoc/>
    public bool TryGetCommandName(IReadOnlyList<string> args, out string commandName) => _parser.TryGetCommandName(args, out commandName!);

    /// <inheritdoc/>
    public ParsedCommandLine ParseCommand(
        IReadOnlyList<string> args, IReadOnlyList<ICommandOptionDescriptor> optionDescriptors,
        IReadOnlyList<CommandArgumentDescriptor> argumentDescriptors)
    {
        var flags = optionDescriptors.OfType<DescribedOption>()
            .Select(described => described.Option)
            .Where(option => option.FlagWords.Count > 0).ToList();
        return _parser.ParseCommand(flags.Count == 0 ? args : [.. Plain(args, flags)], optionDescriptors, argumentDescriptors);
    }

    private static IEnumerable<string> Plain(IReadOnlyList<string> args, List<CommandOption> flags)
    {
        CommandOption? before = null;
        foreach (var arg in args)
        {
            if (before?.FlagWords.Contains(arg) != true)
                yield return flags.Find(flag => flag.FlagWords.Any(word => arg == $"{flag.Label}={word}"))?.Label ?? arg;
            before = flags.Find(flag => arg == flag.Label);
        }
    }
}
