using System.Text;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>A program's options as Markdown: the page of the documentation that follows from the table of commands.</summary>
public static class OptionsDocument
{
    /// <summary>The page: a heading, then one table per group of options.</summary>
    public static string Of(CommandTable table)
    {
        var text = new StringBuilder();
        text.Append("# Options of ").Append(table.Program).Append("\n\n");
        text.Append("Made from the program's own table of options, and held equal to it by a test. `").Append(table.Program);
        text.Append(" COMMAND --help` shows the options of one command.\n");
        var used = Used(table);
        foreach (var group in used.Select(use => use.Option).GroupBy(option => option.Group).OrderBy(group => group.Key))
        {
            text.Append("\n## ").Append(group.Key.Heading()).Append('\n');
            Table(text, ["Option", "Meaning", "Allowed", "Default", "Example", "Of"], group.Select(option => Row(option, used)));
        }
        return text.ToString();
    }

    /// <summary>Appends a table.</summary>
    public static void Table(StringBuilder text, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        text.Append("\n| ").AppendJoin(" | ", heads).Append(" |\n| ").AppendJoin(" | ", heads.Select(_ => "---")).Append(" |\n");
        foreach (var row in rows)
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
    }

    /// <summary>A text set as code; empty for none.</summary>
    public static string Code(string? text) => string.IsNullOrEmpty(text) ? "" : $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    /// <summary>What an option may be; empty where anything.</summary>
    public static string Allowed(CommandOption option) => option.Allowed ?? string.Join(", ", option.Choices);

    private static string[] Row(CommandOption option, List<Use> used) =>
    [
        Code(HelpText.Signature(option)),
        option.Help + (option.IsRequired ? "; needed" : "") + (option.IsRepeatable ? "; may be repeated" : ""),
        Allowed(option),
        option.Default ?? "",
        Code(option.Example),
        string.Join(", ", used.First(use => ReferenceEquals(use.Option, option)).Commands),
    ];

    /// <summary>Each option once, in the order of its first use, with the commands that take it.</summary>
    private static List<Use> Used(CommandTable table)
    {
        var used = new List<Use>();
        foreach (var (name, command) in Commands("", table.Commands))
        {
            foreach (var option in command.Options)
            {
                if (used.Find(use => ReferenceEquals(use.Option, option)) is { } known)
                    known.Commands.Add(name);
                else
                    used.Add(new(option, [name]));
            }
        }
        return used;
    }

    private static IEnumerable<(string Name, Command Command)> Commands(string group, IEnumerable<Command> commands) =>
        commands.Where(command => !command.IsHidden).SelectMany(command => command.Commands.Count == 0
            ? [(group + command.Name, command)]
            : Commands($"{command.Name} ", command.Commands));

    private sealed record Use(CommandOption Option, List<string> Commands);
}
