using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Options;

/// <summary>The store of evidence, for every command that predicts from it or adds to it.</summary>
internal static class EvidenceOptions
{
    /// <summary>The store. The setting behind it keeps tests and goldens away from a developer's own.</summary>
    public static readonly CommandOption<string?> Store = CommandOption.Text(
        "evidence", "FILE|none", "store of learned runs, or none for shipped rows alone") with
    {
        Group = OptionGroup.Data, Example = "team.db", Default = "the user's own", Setting = "",
    };

    /// <summary>Who adds to it.</summary>
    public static readonly CommandOption<string?> By = CommandOption.Text(
        "by", "NAME", "who did it; nothing of the kind is kept unless it is said") with
    {
        Example = "ada",
    };
}
