using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Planner.Requests;

/// <summary>An option's text of the form <c>name=value,name=value</c>.</summary>
internal sealed class NamedParts
{
    private readonly string _option;
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Splits the text.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="known">The names that it may have.</param>
    /// <exception cref="InputException">A part that is no <c>name=value</c>, an unknown name, or one given twice.</exception>
    public NamedParts(string option, string text, params IReadOnlyList<string> known)
    {
        _option = option;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value])
                throw new InputException($"{option} has '{part}', expected name=value with one of {string.Join(", ", known)}");
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new InputException($"{option}: {NearestNames.Unknown("name", name, known)}");
            if (!_values.TryAdd(name, value))
                throw new InputException($"{option} gives {name} twice, allowed once");
        }
    }

    /// <summary>A part's text; null when it is not given.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>A part's text.</summary>
    /// <exception cref="InputException">It is not given.</exception>
    public string Needed(string name) => Text(name) ?? throw new InputException($"{_option} lacks {name}=…");

    /// <summary>A part as a number; null when it is not given.</summary>
    /// <exception cref="InputException">It is no number or out of its range.</exception>
    public double? Number(string name, double least, double most)
    {
        var range = new AllowedRange(name, least, most);
        return Text(name) is not { } text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && range.Holds(number) ? number
            : throw new InputException($"{_option}: {name} is '{text}', allowed {range}");
    }

    /// <summary>A part as a whole number; null when it is not given.</summary>
    /// <exception cref="InputException">It is no whole number or out of its range.</exception>
    public int? Whole(string name, int least, int most) => Number(name, least, most) is not { } number ? null
        : number == Math.Floor(number) ? (int)number
        : throw new InputException($"{_option}: {name} is '{Text(name)}', expected a whole number");
}
