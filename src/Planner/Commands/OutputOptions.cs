using SlmPlanner.Presentation.CommandLine;
using static SlmPlanner.Presentation.CommandLine.CommandOption;

namespace SlmPlanner.Planner.Commands;

/// <summary>The options of commands that write.</summary>
internal static class OutputOptions
{
    public static readonly CommandOption<OutputFormat> Format = OrElse(
        "format", Values.Choice<OutputFormat>(), OutputFormat.Table, "what to print") with
    {
        Group = OptionGroup.Output,
    };

    public static readonly CommandOption<string?> Folder = Text("out", "FOLDER", "folder to write the report into") with
    {
        Group = OptionGroup.Output, Example = "report",
    };

    public static readonly CommandOption<bool> Details = Flag("details", "print the tables behind the answer too") with
    {
        Group = OptionGroup.Output,
    };

    public static readonly CommandOption<int> Seed = OrElse("seed", Values.Whole("NUMBER"), 1, "seed of the simulated risk") with
    {
        Group = OptionGroup.Output,
    };
}
