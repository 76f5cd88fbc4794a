using System.Globalization;
using SlmPlanner.Data.Trainers;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>Settings in a program's own names, each checked against its table as it is set.</summary>
internal sealed class TrainerSettings(TrainerTable table)
{
    private readonly List<(string Name, object? Value)> _all = [];

    /// <summary>All, in the order in which they were set. A null value is a flag, or nothing in a file.</summary>
    public IReadOnlyList<(string Name, object? Value)> All => _all;

    /// <summary>Sets one.</summary>
    /// <exception cref="Core.InputException">The program has no such setting or does not take the value.</exception>
    public TrainerSettings Set(string name, object? value)
    {
        table.Check(name, Text(value));
        _all.Add((name, value));
        return this;
    }

    /// <summary>Sets a flag that has no value.</summary>
    public TrainerSettings Flag(string name, bool given = true) => given ? Set(name, null) : this;

    /// <summary>The settings as <c>--name value</c>, a flag as <c>--name</c>; each on a line of its own.</summary>
    public string Flags() => string.Join(" \\\n  ", _all.Select(setting =>
        setting.Value is null ? $"--{setting.Name}" : $"--{setting.Name} {Word(setting.Value)}"));

    /// <summary>The settings as <c>--name=value</c>.</summary>
    public string Assignments() => string.Join(" \\\n  ", _all.Select(setting => $"--{setting.Name}={Word(setting.Value!)}"));

    /// <summary>
    /// The settings for YAML: numbers without exponents, since readers of YAML 1.1 take <c>1E-08</c> for a text.
    /// </summary>
    public Dictionary<string, object> ForYaml() =>
        Nested(() => new Dictionary<string, object>(), value => value is double number ? (decimal)number : value);

    /// <summary>The settings as tables inside one another, by the dots in their names.</summary>
    /// <param name="make">Makes an empty table.</param>
    /// <param name="told">How a value is told.</param>
    public T Nested<T>(Func<T> make, Func<object, object> told) where T : IDictionary<string, object>
    {
        var root = make();
        foreach (var (name, value) in _all)
        {
            var parts = name.Split('.');
            var table = root;
            foreach (var part in parts[..^1])
            {
                if (!table.TryGetValue(part, out var inner))
                    table[part] = inner = make();
                table = (T)inner;
            }
            table[parts[^1]] = told(value!);
        }
        return root;
    }

    /// <summary>A number or truth value as programs in Python read it.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("0.######e0", CultureInfo.InvariantCulture) is var exact && Math.Abs(number) is < 1e-3 or >= 1e9
        && number != 0
            ? exact : number.ToString("0.######", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>A shell expression stays one; everything else is quoted.</summary>
    public static string Word(object value) => value switch
    {
        ShellVariable variable => $"\"{variable.Expression}\"",
        ShellWords words => string.Join(' ', words.All.Select(ShellText.Quote)),
        _ => ShellText.Quote(Text(value)),
    };
}

/// <summary>Several words behind one flag.</summary>
/// <param name="All">The words.</param>
internal sealed record ShellWords(IReadOnlyList<string> All)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', All);
}

/// <summary>A value that the shell fills in when the job starts, for example <c>$OUT</c>.</summary>
/// <param name="Expression">The expression.</param>
internal sealed record ShellVariable(string Expression)
{
    /// <inheritdoc/>
    public override string ToString() => Expression;
}
