using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Explanations;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan explain</c>: why a candidate wins or does not.</summary>
internal sealed class ExplainCommand(IAnsiConsole console, TimeProvider clock)
{
    private static readonly CommandOption<string?> WhyNot = CommandOption.Text(
        "why-not", "MACHINES", "machines to ask about, \"H100 x8\" or \"lambda:gpu_8x_a100 x2\"") with
    {
        Example = "\"H100 x8\"",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "explain", "Explain the recommendation, or with --why-not what keeps other machines from winning.")
    {
        Options = [WhyNot, .. RequestOptions.All, DataOptions.Offers, OutputOptions.Format, .. CurrencyOptions.All,
            .. DataOptions.Predicting],
        Examples =
        [
            "slm-plan explain --model slm-1b --tokens 20B --budget 2000",
            "slm-plan explain --model slm-1b --tokens 20B --why-not \"H100 x8\"",
        ],
    }.DoneBy<ExplainCommand>((command, given) => command.Explain(given));

    /// <summary>Explains the recommendation, or what keeps another candidate from being it.</summary>
    private int Explain(Given given)
    {
        using var interrupt = new Interrupt();
        using var shown = CurrencyOptions.Show(given);
        var bench = DataOptions.OpenBench(given, clock);
        var asked = given.Of(WhyNot) is { } whyNot ? CandidatePattern.Parse(whyNot, bench.Devices) : null;
        var inputs = bench.InputsFor(given);
        var outcome = new Core.Planning.Planner(inputs).Search(bench.Requests.Read(given), interrupt.Token);
        var explainer = new Explainer(outcome, inputs);
        var explanation = asked is null ? explainer.Winner() : explainer.WhyNot(asked);
        ExplanationOutput.Print(explanation, given.Of(OutputOptions.Format), console, Console.Out);
        return asked is null && outcome.Recommendation is null ? ExitCode.NoFeasiblePlan : ExitCode.Done;
    }
}
