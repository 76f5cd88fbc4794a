using SlmPlanner.Core;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>
/// An option: the one place that knows its name, unit, reading, range, help, default, example and form field. Command line, help,
/// completion, form, settings and documentation follow from it.
/// </summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="ValueWord">What stands for its value in help, the unit where it has one; empty for a flag.</param>
/// <param name="Help">What it does.</param>
public abstract record CommandOption(string Name, string ValueWord, string Help)
{
    /// <summary>What it is about.</summary>
    public OptionGroup Group { get; init; }

    /// <summary>A value as it may be written; null for a flag.</summary>
    public string? Example { get; init; }

    /// <summary>What holds when it is not given, for people; null where that needs no word.</summary>
    public string? Default { get; init; }

    /// <summary>The numbers allowed; null where the value is no number or any will do.</summary>
    public AllowedRange? Range { get; init; }

    /// <summary>The range for people; null without one.</summary>
    public string? Allowed { get; init; }

    /// <summary>The words allowed; empty where any will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What stands between several values in one text; null where there is only one value.</summary>
    public char? Separator { get; init; }

    /// <summary>True when it may be given more than once; of an option that may not, the last counts.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>True when the command can't do without.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Words that may follow a flag and mean the same as the flag alone.</summary>
    public IReadOnlyList<string> FlagWords { get; init; } = [];

    /// <summary>The text of the setting that holds when it is not given, empty for none; null when no setting does.</summary>
    public string? Setting { get; init; }

    /// <summary>How a form shows it; null when no form does.</summary>
    public FormField? Field { get; init; }

    /// <summary>True when it takes no value.</summary>
    public bool IsFlag => ValueWord.Length == 0;

    /// <summary>The option as it is typed and as messages name it.</summary>
    public string Label => $"--{Name}";

    /// <summary>The value of its texts, whatever its type.</summary>
    /// <exception cref="InputException">They can't be read or are out of range.</exception>
    public abstract object? ValueOf(IReadOnlyList<string> texts);

    /// <summary>What is wrong with its texts; null when nothing is.</summary>
    public string? Problem(IReadOnlyList<string> texts)
    {
        try
        {
            ValueOf(texts);
            return null;
        }
        catch (InputException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>An option that is there or not.</summary>
    public static CommandOption<bool> Flag(string name, string help) =>
        new(name, "", help, (_, texts) => texts is [.., "true"], Fallback: false);

    /// <summary>A text, or null.</summary>
    public static CommandOption<string?> Text(string name, string word, string help) =>
        new(name, word, help, (_, texts) => texts[^1], Fallback: null);

    /// <summary>A value, or null.</summary>
    public static CommandOption<T?> Optional<T>(string name, ValueKind<T> kind, string help) where T : struct =>
        Single(name, new ValueKind<T?>(kind.Word, (label, text) => kind.Read(label, text), value => kind.Show(value!.Value))
        {
            Range = kind.Range,
            Allowed = kind.Allowed,
            Choices = kind.Choices,
        }, null, help);

    /// <summary>A value, or the one that holds when nothing is said.</summary>
    public static CommandOption<T> OrElse<T>(string name, ValueKind<T> kind, T fallback, string help) =>
        Single(name, kind, fallback, help) with { Default = kind.Show(fallback), Example = kind.Show(fallback) };

    /// <summary>A value that must be given.</summary>
    public static CommandOption<T> Needed<T>(string name, ValueKind<T> kind, string help) =>
        Single(name, kind, default(T)!, help) with { IsRequired = true };

    /// <summary>Values, none where nothing is said.</summary>
    /// <param name="name">The option.</param>
    /// <param name="kind">The kind of one value.</param>
    /// <param name="help">What it does.</param>
    /// <param name="separator">What stands between values in one text.</param>
    public static CommandOption<IReadOnlyList<T>> Many<T>(string name, ValueKind<T> kind, string help, char separator = ',') =>
        new(name, kind.Word, help, (label, texts) =>
            [.. texts.SelectMany(text => Split(text, separator)).Select(text => kind.Read(label, text))], Fallback: [])
        {
            Choices = kind.Choices,
            Separator = separator,
        };


    /// <summary>Values given one by one, none where nothing is said.</summary>
    public static CommandOption<IReadOnlyList<T>> Repeated<T>(string name, ValueKind<T> kind, string help) =>
        new(name, kind.Word, help, (label, texts) => [.. texts.Select(text => kind.Read(label, text))], Fallback: [])
        {
            Choices = kind.Choices,
            IsRepeatable = true,
        };

    private static CommandOption<T> Single<T>(string name, ValueKind<T> kind, T fallback, string help) =>
        new(name, kind.Word, help, (label, texts) => kind.Read(label, texts[^1]), fallback)
        {
            Range = kind.Range,
            Allowed = kind.Allowed,
            Choices = kind.Choices,
        };

    private static string[] Split(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>An option with the type of its value.</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="ValueWord">What stands for its value in help; empty for a flag.</param>
/// <param name="Help">What it does.</param>
/// <param name="Read">The value of its texts, of which there is at least one; takes the name for messages first.</param>
/// <param name="Fallback">The value when it is not given.</param>
public sealed record CommandOption<T>(string Name, string ValueWord, string Help, Func<string, IReadOnlyList<string>, T> Read, T Fallback)
    : CommandOption(Name, ValueWord, Help)
{
    /// <inheritdoc/>
    public override object? ValueOf(IReadOnlyList<string> texts) => texts.Count == 0 ? Fallback : Read(Label, texts);
}
