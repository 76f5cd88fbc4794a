namespace SlmPlanner.Planner.Configuration;

/// <summary>What a setting's text must be.</summary>
internal enum SettingKind
{
    /// <summary>A number within a range.</summary>
    Number,

    /// <summary>A whole number within a range.</summary>
    WholeNumber,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>Names separated by commas.</summary>
    List,
}

/// <summary>A setting that files, variables and <c>--set</c> may give.</summary>
/// <param name="Key">Its name in snake_case, with the unit as suffix.</param>
/// <param name="Kind">What its text must be.</param>
/// <param name="Default">Its text when nothing gives it; empty for none.</param>
/// <param name="Description">What it does.</param>
/// <param name="Least">Least number allowed.</param>
/// <param name="Most">Greatest number allowed.</param>
internal sealed record Setting(string Key, SettingKind Kind, string Default, string Description, double Least = 0, double Most = double.MaxValue);
