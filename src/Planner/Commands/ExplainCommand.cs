using Cocona;
using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Explanations;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan explain</c>: why a candidate wins or does not.</summary>
internal sealed class ExplainCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>Explains the recommendation, or what keeps another candidate from being it.</summary>
    [Command("explain", Description = "Explain the recommendation, or with --why-not what keeps other machines from winning.")]
    public int Explain(
        PlanOptions options,
        CommonOptions common,
        [Option("why-not", Description = "machines to ask about, for example \"H100 x8\" or \"lambda:gpu_8x_a100 x2\"")] string? whyNot = null,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var bench = options.Open(common, clock);
        var asked = whyNot is null ? null : CandidatePattern.Parse(whyNot, bench.Devices);
        var inputs = bench.InputsFor(options.Texts);
        var outcome = new Core.Planning.Planner(inputs).Search(bench.Requests.Read(options.Texts));
        var explainer = new Explainer(outcome, inputs);
        var explanation = asked is null ? explainer.Winner() : explainer.WhyNot(asked);
        ExplanationOutput.Print(explanation, format, console, Console.Out);
        return asked is null && outcome.Recommendation is null ? ExitCode.NoFeasiblePlan : ExitCode.Done;
    }
}
