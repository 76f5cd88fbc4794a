using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Probes;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan probe</c>: what measuring before renting is worth.</summary>
internal sealed class ProbeCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "probe", "What is it worth to measure a machine before renting it for long? Which to measure, and at which cost.")
    {
        Options = [.. RequestOptions.All, .. ProbeOptions.All, DataOptions.Offers, OutputOptions.Folder, OutputOptions.Seed,
            OutputOptions.Format, .. DataOptions.Predicting],
        Examples =
        [
            "slm-plan probe --model slm-1b --tokens 20B --deadline 7d",
            "slm-plan probe --model slm-1b --tokens 200B --probe-budget 20",
            "slm-plan probe --model slm-1b --tokens 20B --probe-with own-code --format json",
        ],
    }.DoneBy<ProbeCommand>((command, given) => command.Probe(given));

    /// <summary>Searches, weighs every probe and prints which pay.</summary>
    private int Probe(Given given)
    {
        using var interrupt = new Interrupt();
        var bench = DataOptions.OpenBench(given, clock);
        var inputs = bench.InputsFor(given) with { Seed = given.Of(OutputOptions.Seed) };
        var outcome = new Core.Planning.Planner(inputs).Search(bench.Requests.Read(given), interrupt.Token);
        var plan = new ProbeAnalysis(inputs).Plan(outcome, ProbeOptions.Read(given, bench.Probes.Value));
        if (plan is null)
        {
            Console.Error.WriteLine("error: no set-up fits any offer, so there is nothing to measure; 'slm-plan plan' says why");
            return ExitCode.NoFeasiblePlan;
        }
        if (given.Of(OutputOptions.Folder) is { } folder)
            ProbeOutput.WriteFolder(plan, folder);
        ProbeOutput.Print(plan, given.Of(OutputOptions.Format), console, Console.Out);
        return ExitCode.Done;
    }
}
