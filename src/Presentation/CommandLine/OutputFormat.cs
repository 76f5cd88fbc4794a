namespace SlmPlanner.Presentation.CommandLine;

/// <summary>What a command prints on standard output (<c>--format</c>).</summary>
public enum OutputFormat
{
    /// <summary>Tables and sentences for people.</summary>
    Table,

    /// <summary>One JSON document, described by a published schema.</summary>
    Json,

    /// <summary>Comma-separated values with a header row.</summary>
    Csv,

    /// <summary>Markdown, for a wiki or an issue.</summary>
    Md,
}
