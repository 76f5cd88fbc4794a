using SlmPlanner.Core;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Planner.Requests;

/// <summary>Reads values of enumerations under the names that outputs use.</summary>
internal static class Choices
{
    /// <summary>One value.</summary>
    /// <exception cref="InputException">No such value; names the nearest.</exception>
    public static T One<T>(string option, string text) where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        foreach (var value in values)
        {
            if (string.Equals(DeclaredName.Of(value), text.Trim(), StringComparison.OrdinalIgnoreCase))
                return value;
        }
        throw new InputException($"{option}: {NearestNames.Unknown("value", text, values.Select(value => DeclaredName.Of(value)))}");
    }

    /// <summary>Values separated by commas; empty for null.</summary>
    /// <exception cref="InputException">An unknown value; names the nearest.</exception>
    public static IReadOnlyList<T> Many<T>(string option, string? text) where T : struct, Enum =>
        [.. Names(text).Select(name => One<T>(option, name))];

    /// <summary>Names separated by commas; empty for null.</summary>
    public static IReadOnlyList<string> Names(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
