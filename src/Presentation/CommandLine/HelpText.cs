using System.Text;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>Help as text, wrapped to a width.</summary>
/// <param name="program">The program and, for a command of a group, the group.</param>
/// <param name="width">Columns of a line.</param>
internal sealed class HelpText(string program, int width)
{
    private const int Indent = 2;
    private const int WidestLabel = 26;
    private const string Options = "[OPTIONS]";

    private static readonly (string, string) AskHelp = ("-h, --help", "show this help");

    /// <summary>A command's help: use, meaning, arguments, options by group, examples.</summary>
    public string Of(Command command)
    {
        var text = new StringBuilder();
        Paragraph(text, string.Join(' ', ["Usage:", program, command.Name, .. command.Arguments.Select(Place), Options]), Indent + 5);
        text.Append('\n');
        Paragraph(text, command.Help, 0);
        if (command.Arguments.Count > 0)
            List(text, "Arguments", [.. command.Arguments.Select(argument => (argument.Name, argument.Help))]);
        foreach (var group in command.Options.GroupBy(option => option.Group).OrderBy(group => group.Key))
            List(text, group.Key.Heading(), [.. group.Select(option => (Signature(option), Meaning(option)))]);
        text.Append('\n');
        Entry(text, AskHelp);
        Examples(text, command.Examples);
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The list of commands.</summary>
    /// <param name="help">What they are for; empty where nothing is to be said.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="more">Options beside <c>--help</c>.</param>
    public string Index(string help, IEnumerable<Command> commands, params IReadOnlyList<(string Label, string Meaning)> more)
    {
        var text = new StringBuilder();
        Paragraph(text, $"Usage: {program} COMMAND {Options}", Indent + 5);
        if (help.Length > 0)
        {
            text.Append('\n');
            Paragraph(text, help, 0);
        }
        List(text, "Commands", [.. commands.Where(command => !command.IsHidden).Select(command => (command.Name, command.Help))]);
        List(text, "Options", [AskHelp, .. more]);
        text.Append('\n');
        Paragraph(text, $"'{program} COMMAND --help' says what a command takes.", 0);
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>An option as it is typed, with the word for its value.</summary>
    public static string Signature(CommandOption option) => option.IsFlag ? option.Label : $"{option.Label} {option.ValueWord}";

    /// <summary>What an option does, what it may be, and what holds without it.</summary>
    public static string Meaning(CommandOption option)
    {
        string?[] notes =
        [
            option.IsRequired ? "needed" : null,
            option.IsRepeatable ? "may be repeated" : null,
            option.Allowed
                ?? (option.ValueWord.Contains('|', StringComparison.Ordinal) || option.Choices.Count == 0 ? null
                : string.Join(", ", option.Choices)),
            option.Default is { } value ? $"default {value}" : null,
            option.Example is { } example && example != option.Default && !SpeaksForItself(option) ? $"e.g. {example}" : null,
        ];
        return notes.OfType<string>().ToList() is { Count: > 0 } said ? $"{option.Help} ({string.Join("; ", said)})" : option.Help;
    }

    /// <summary>True where the word for the value, or the list of words allowed, shows how it is written.</summary>
    private static bool SpeaksForItself(CommandOption option) => option.Choices.Count > 0 || option.ValueWord is "FILE" or "FOLDER";

    private static string Place(CommandArgument argument)
    {
        var name = argument.IsList ? $"{argument.Name}..." : argument.Name;
        return argument.IsOptional ? $"[{name}]" : name;
    }

    private void List(StringBuilder text, string heading, IReadOnlyList<(string Label, string Meaning)> entries)
    {
        text.Append('\n').Append(heading).Append(":\n");
        foreach (var entry in entries)
            Entry(text, entry);
    }

    private void Entry(StringBuilder text, (string Label, string Meaning) entry)
    {
        var start = Indent + WidestLabel + Indent;
        text.Append(' ', Indent).Append(entry.Label);
        if (entry.Label.Length > WidestLabel)
            text.Append('\n').Append(' ', start);
        else
            text.Append(' ', start - Indent - entry.Label.Length);
        text.AppendJoin("\n" + new string(' ', start), Lines(entry.Meaning, width - start)).Append('\n');
    }

    private static void Examples(StringBuilder text, IReadOnlyList<string> examples)
    {
        if (examples.Count == 0)
            return;
        text.Append(examples.Count == 1 ? "\nExample:\n" : "\nExamples:\n");
        foreach (var example in examples)
            text.Append(' ', Indent).Append(example).Append('\n');
    }

    private void Paragraph(StringBuilder text, string words, int hanging) =>
        text.AppendJoin("\n" + new string(' ', hanging), Lines(words, width - hanging)).Append('\n');

    private static IEnumerable<string> Lines(string words, int width)
    {
        var line = new StringBuilder();
        foreach (var (word, isPart) in words.Split(' ').SelectMany(word => Parts(word, width)))
        {
            if (line.Length > 0 && line.Length + (isPart ? 0 : 1) + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 && !isPart ? " " : "").Append(word);
        }
        yield return line.ToString();
    }

    /// <summary>A word in pieces that end with a comma where it is wider than a line, each with whether it continues a word.</summary>
    private static IEnumerable<(string Word, bool IsPart)> Parts(string word, int width)
    {
        if (word.Length <= width)
            return [(word, false)];
        var pieces = word.Split(',');
        return pieces.Select((piece, index) => (index < pieces.Length - 1 ? piece + ',' : piece, index > 0));
    }
}
