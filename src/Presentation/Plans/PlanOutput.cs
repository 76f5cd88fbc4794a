using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Files;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Wording;
using Spectre.Console;

namespace SlmPlanner.Presentation.Plans;

/// <summary>Everything that a plan is written as. Renders the result and computes nothing.</summary>
internal static class PlanOutput
{
    /// <summary>Prints a plan on standard output.</summary>
    /// <param name="result">The plan.</param>
    /// <param name="format">What to print.</param>
    /// <param name="console">The console, for tables.</param>
    /// <param name="output">Standard output, for machine formats: they must not be wrapped or coloured.</param>
    /// <param name="details">True to print the tables behind the answer too.</param>
    public static void Print(PlanResult result, OutputFormat format, IAnsiConsole console, TextWriter output, bool details = false)
    {
        using var shown = ShownCurrency.Use(result.Currency);
        switch (format)
        {
            case OutputFormat.Table:
                ConsoleReport.Write(console, result, details);
                break;
            case OutputFormat.Json:
                output.Write(PlanJson.Write(result));
                break;
            case OutputFormat.Csv:
                output.Write(CandidateCsv.Write(result));
                break;
            case OutputFormat.Md:
                output.Write(MarkdownReport.Write(result));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }
    }

    /// <summary>Writes the report into a folder: all of its files, or none.</summary>
    /// <exception cref="Core.InputException">The folder can't be written.</exception>
    public static void WriteFolder(PlanResult result, string folder)
    {
        using var shown = ShownCurrency.Use(result.Currency);
        AtomicFolder.Write(folder, PlanFolder.Files(result));
    }

    /// <summary>The exit code that tells a script what the plan says.</summary>
    public static int ExitCodeOf(PlanResult result) =>
        result.Recommendation is null ? ExitCode.NoFeasiblePlan : ExitCode.Done;
}
