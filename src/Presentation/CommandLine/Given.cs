namespace SlmPlanner.Presentation.CommandLine;

/// <summary>What a person gave: the texts of options and arguments, from a command line, a form or a file.</summary>
public sealed class Given
{
    private readonly Dictionary<string, IReadOnlyList<string>> _options;
    private readonly Dictionary<string, IReadOnlyList<string>> _arguments;

    /// <summary>Nothing given.</summary>
    public Given()
        : this([], [])
    {
    }

    private Given(Dictionary<string, IReadOnlyList<string>> options, Dictionary<string, IReadOnlyList<string>> arguments) =>
        (_options, _arguments) = (options, arguments);

    /// <summary>An option's value; its fallback when it is not given.</summary>
    /// <exception cref="Core.InputException">Its text can't be read or is out of range.</exception>
    public T Of<T>(CommandOption<T> option) =>
        _options.TryGetValue(option.Name, out var texts) ? option.Read(option.Label, texts) : option.Fallback;

    /// <summary>An argument's text; null when it is not given.</summary>
    public string? Of(CommandArgument argument) => AllOf(argument) is [var text, ..] ? text : null;

    /// <summary>The texts of an argument of which there may be several.</summary>
    public IReadOnlyList<string> AllOf(CommandArgument argument) => _arguments.GetValueOrDefault(argument.Name) ?? [];

    /// <summary>True when an option is given.</summary>
    public bool Has(CommandOption option) => _options.ContainsKey(option.Name);

    /// <summary>An option's texts as one; null when it is not given.</summary>
    public string? Text(CommandOption option) =>
        _options.TryGetValue(option.Name, out var texts) ? string.Join(option.Separator ?? ',', texts) : null;

    /// <summary>What is wrong with an option's text; null when nothing is, or when it is not given.</summary>
    public string? Problem(CommandOption option) => _options.TryGetValue(option.Name, out var texts) ? option.Problem(texts) : null;

    /// <summary>The same with other texts for an option.</summary>
    public Given With(CommandOption option, params IReadOnlyList<string> texts) =>
        new(new(_options) { [option.Name] = texts }, _arguments);

    /// <summary>The same with a text for an option, where there is one.</summary>
    public Given WithMaybe(CommandOption option, string? text) => text is null ? this : With(option, text);

    /// <summary>The same with texts for an argument.</summary>
    public Given With(CommandArgument argument, params IReadOnlyList<string> texts) =>
        new(_options, new(_arguments) { [argument.Name] = texts });
}
