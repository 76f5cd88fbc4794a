using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>How a text becomes a value.</summary>
/// <param name="Word">What stands for the value in help: <c>USD</c>, <c>FILE</c>, <c>NUMBER</c>.</param>
/// <param name="Read">
/// The value of an option's text; takes the option's label and the text, and throws an <see cref="InputException"/> that names both.
/// </param>
/// <param name="Show">The value for people, in a form that <paramref name="Read"/> takes too.</param>
public sealed record ValueKind<T>(string Word, Func<string, string, T> Read, Func<T, string> Show)
{
    /// <summary>The words allowed, where only some are.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The numbers allowed, where the value is a number.</summary>
    public AllowedRange? Range { get; init; }

    /// <summary>The range for people; null without one.</summary>
    public string? Allowed { get; init; }
}

/// <summary>The kinds of values that are no one program's own.</summary>
public static class Values
{
    /// <summary>A text taken as it is.</summary>
    public static ValueKind<string> Text(string word) => new(word, (_, text) => text, text => text);

    /// <summary>A number, culture aside.</summary>
    public static ValueKind<double> Number(string word) => new(
        word,
        (option, text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"{option} is '{text}', expected a number"),
        Plain);

    /// <summary>A whole number.</summary>
    public static ValueKind<int> Whole(string word) => new(
        word,
        (option, text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"{option} is '{text}', expected a whole number"),
        number => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>One of an enumeration's members under the names that outputs use; case and separators don't count.</summary>
    /// <param name="allowed">The members allowed; all of them where left out.</param>
    public static ValueKind<T> Choice<T>(params IReadOnlyList<T> allowed) where T : struct, Enum
    {
        IReadOnlyList<T> members = allowed.Count > 0 ? allowed : Enum.GetValues<T>();
        var names = members.Select(NameOf).ToArray();
        return new(
            string.Join('|', names),
            (option, text) => members.Cast<T?>().FirstOrDefault(member => Folded(NameOf(member!.Value)) == Folded(text))
                ?? throw new InputException($"{option}: {NearestNames.Unknown("value", text, names)}; allowed {string.Join(", ", names)}"),
            NameOf) { Choices = names };
    }

    /// <summary>The kind with other words that are understood for some of its values, and not shown.</summary>
    public static ValueKind<T> Understanding<T>(this ValueKind<T> kind, params IReadOnlyList<(string Word, T Value)> others) => kind with
    {
        Read = (option, text) =>
        {
            foreach (var (word, value) in others)
                if (Folded(word) == Folded(text))
                    return value;
            return kind.Read(option, text);
        },
    };

    /// <summary>The kind with a range that its numbers must keep.</summary>
    public static ValueKind<double> Within(this ValueKind<double> kind, AllowedRange range) =>
        Within(kind, range, value => value, value => value);

    /// <summary>The kind with a range that its numbers must keep.</summary>
    public static ValueKind<int> Within(this ValueKind<int> kind, AllowedRange range) =>
        Within(kind, range, value => value, value => (int)value);

    /// <summary>The kind with a range that has no name of its own.</summary>
    public static ValueKind<double> Within(this ValueKind<double> kind, double least, double most) =>
        kind.Within(new AllowedRange("", least, most));

    /// <summary>The kind with a range that has no name of its own.</summary>
    public static ValueKind<int> Within(this ValueKind<int> kind, int least, int most) => kind.Within(new AllowedRange("", least, most));

    /// <summary>A number as people write it: with an exponent only where it is huge or tiny.</summary>
    public static string Plain(double number) => number.ToString(
        number != 0 && Math.Abs(number) is >= 1e15 or > 0 and < 1e-4 ? "0.##e0" : "0.######", CultureInfo.InvariantCulture);

    /// <summary>Names separated by commas; empty for null.</summary>
    public static IReadOnlyList<string> Names(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static ValueKind<T> Within<T>(ValueKind<T> kind, AllowedRange range, Func<T, double> measure, Func<double, T> of) => kind with
    {
        Range = range,
        Allowed = $"{kind.Show(of(range.Least))} to {kind.Show(of(range.Most))}",
        Read = (option, text) =>
        {
            var value = kind.Read(option, text);
            return range.Problem(measure(value)) is { } problem
                ? throw new InputException(range.Name.Length == 0 ? option + problem : $"{option}: {problem}")
                : value;
        },
    };

    private static string NameOf<T>(T member) where T : struct, Enum
    {
        var declared = DeclaredName.Of(member);
        return declared == member.ToString() ? declared.ToLowerInvariant() : declared;
    }

    private static string Folded(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
