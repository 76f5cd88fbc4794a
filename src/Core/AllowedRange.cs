using System.Globalization;

namespace SlmPlanner.Core;

/// <summary>The numbers that a quantity may be, both ends included.</summary>
/// <param name="Name">The quantity in snake_case with its unit as suffix, as JSON and settings name it.</param>
/// <param name="Least">The least allowed.</param>
/// <param name="Most">The greatest allowed.</param>
public sealed record AllowedRange(string Name, double Least, double Most)
{
    /// <summary>True for a number of the range; false for one that is none.</summary>
    public bool Holds(double value) => value >= Least && value <= Most;

    /// <summary>What is wrong with a value: its name, itself and the range; null when nothing is, or when there is no value.</summary>
    public string? Problem(double? value) =>
        value is not { } number || Holds(number) ? null
            : string.Create(CultureInfo.InvariantCulture, $"{Name} is {number}, allowed {this}");

    /// <summary>Does nothing with a value of the range.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">The file or place that gives it.</param>
    /// <exception cref="InputException">It is outside.</exception>
    public void Check(double value, string origin)
    {
        if (Problem(value) is { } problem)
            throw new InputException($"{origin}: {problem}");
    }

    /// <summary>Both ends, for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Least} to {Most}");
}
