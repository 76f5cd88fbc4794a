using Cocona.CommandLine;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Presentation.CommandLine.Parsing;

/// <summary>Turns a parsed command line into what was given, or says everything that is wrong with it.</summary>
internal static class GivenReader
{
    /// <summary>What was given for a command.</summary>
    /// <exception cref="InputException">An unknown, incomplete, missing or unreadable option, an argument missing or too many.</exception>
    public static Given Read(Command command, ParsedCommandLine line)
    {
        if (line.UnknownOptions is [var unknown, ..])
            throw new InputException(Unknown(command, unknown.Split('=')[0]));
        var given = Arguments(command, [.. line.Arguments.Select(argument => argument.Value)], Options(line));
        var problems = command.Options
            .Select(option => given.Has(option) ? given.Problem(option) : Missing(option))
            .OfType<string>()
            .ToList();
        return problems.Count == 0 ? given : throw new InputException(string.Join("; ", problems));
    }

    private static Given Options(ParsedCommandLine line)
    {
        var given = new Given();
        foreach (var group in line.Options.GroupBy(option => option.Option).Where(group => group.Key is DescribedOption))
        {
            var known = ((DescribedOption)group.Key).Option;
            string[] texts = [.. group.Select(option => option.Value ?? throw new InputException($"{known.Label} needs a value"))];
            given = given.With(known, known.IsRepeatable ? texts : texts[^1..]);
        }
        return given;
    }

    private static Given Arguments(Command command, string[] texts, Given given)
    {
        var next = 0;
        foreach (var argument in command.Arguments)
        {
            var taken = texts[next..(argument.IsList ? texts.Length : Math.Min(next + 1, texts.Length))];
            if (taken.Length == 0 && !argument.IsOptional)
                throw new InputException($"{argument.Name} is missing: {argument.Help}");
            given = given.With(argument, taken);
            next += taken.Length;
        }
        return next == texts.Length ? given
            : throw new InputException($"'{texts[next]}' is one argument too many for '{command.Name}'; a value with spaces needs quotes");
    }

    private static string? Missing(CommandOption option) => option.IsRequired ? $"{option.Label} is missing: {option.Help}" : null;

    private static string Unknown(Command command, string name) => name.Length == 1
        ? $"unknown option '-{name}'"
        : NearestNames.Unlike("option", $"--{name}", command.Options.Select(option => option.Label).Append("--help"));
}
