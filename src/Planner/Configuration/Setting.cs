using System.Globalization;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Configuration;

/// <summary>A setting that files, variables and <c>--set</c> may give: the value of an option, or one that has no option.</summary>
/// <param name="Key">Its name in snake_case, with the unit as suffix.</param>
/// <param name="Value">How its text is read, and what it means.</param>
/// <param name="Default">Its text when nothing gives it; empty for none.</param>
internal sealed record Setting(string Key, CommandOption Value, string Default)
{
    /// <summary>What it does.</summary>
    public string Description => Default.Length == 0 && Value.Default is { } otherwise ? $"{Value.Help}; empty takes {otherwise}"
        : Value.Help;

    /// <summary>The setting behind an option: named after its quantity where it has one.</summary>
    public static Setting Of(CommandOption option) =>
        new(option.Range?.Name ?? option.Name.Replace('-', '_'), option, option.Setting ?? "");

    /// <summary>True for a text that it may have.</summary>
    public bool Takes(string text) => text.Length == 0 ? Default.Length == 0 : Value.Problem([text]) is null;

    /// <summary>What it may be, for messages.</summary>
    public string Allowed => Value.Range is not { } range ? Value.ValueWord : string.Create(
        CultureInfo.InvariantCulture, $"{(Value is CommandOption<int?> ? "whole numbers " : "")}{range.Least}..{range.Most}");
}
