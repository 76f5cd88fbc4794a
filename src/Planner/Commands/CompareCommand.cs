using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Explanations;
using SlmPlanner.Presentation.Wording;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan compare A B</c>: two kinds of machines side by side, each at its best.</summary>
internal sealed class CompareCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>Compares the best candidates of two kinds.</summary>
    [Command("compare", Description = "Set two kinds of machines side by side, each with its best setup.")]
    public int Compare(
        PlanOptions options,
        CommonOptions common,
        [Argument(Description = "machines, for example \"A100-80GB x8\" or lambda:gpu_8x_a100")] string a,
        [Argument(Description = "machines to compare them with")] string b,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var bench = options.Open(common, clock);
        var (left, right) = (CandidatePattern.Parse(a, bench.Devices), CandidatePattern.Parse(b, bench.Devices));
        var inputs = bench.InputsFor(options.Texts);
        var outcome = new Core.Planning.Planner(inputs).Search(bench.Requests.Read(options.Texts));
        var comparison = new Explainer(outcome, inputs).Compare(left, right);
        if (comparison.Absence is { } absence)
            throw new InputException(ExplanationWords.Missing(comparison.Asked, absence));
        ExplanationOutput.Print(comparison, format, console, Console.Out);
        return ExitCode.Done;
    }
}
