using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Explanations;
using SlmPlanner.Presentation.Wording;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan compare A B</c>: two kinds of machines side by side, each at its best.</summary>
internal sealed class CompareCommand(IAnsiConsole console, TimeProvider clock)
{
    private static readonly CommandArgument Left = new("A", "machines, \"A100-80GB x8\" or lambda:gpu_8x_a100");

    private static readonly CommandArgument Right = new("B", "machines to compare them with");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command("compare", "Set two kinds of machines side by side, each with its best setup.")
    {
        Arguments = [Left, Right],
        Options = [.. RequestOptions.All, DataOptions.Offers, OutputOptions.Format, .. CurrencyOptions.All, .. DataOptions.Predicting],
        Examples = ["slm-plan compare --model slm-1b --tokens 20B \"A100-80GB x8\" \"H100 x8\""],
    }.DoneBy<CompareCommand>((command, given) => command.Compare(given));

    /// <summary>Compares the best candidates of two kinds.</summary>
    private int Compare(Given given)
    {
        using var interrupt = new Interrupt();
        using var shown = CurrencyOptions.Show(given);
        var bench = DataOptions.OpenBench(given, clock);
        var (left, right) = (CandidatePattern.Parse(given.Of(Left)!, bench.Devices),
            CandidatePattern.Parse(given.Of(Right)!, bench.Devices));
        var inputs = bench.InputsFor(given);
        var outcome = new Core.Planning.Planner(inputs).Search(bench.Requests.Read(given), interrupt.Token);
        var comparison = new Explainer(outcome, inputs).Compare(left, right);
        if (comparison.Absence is { } absence)
            throw new InputException(ExplanationWords.Missing(comparison.Asked, absence));
        ExplanationOutput.Print(comparison, given.Of(OutputOptions.Format), console, Console.Out);
        return ExitCode.Done;
    }
}
