using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Data.Economics;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Probes;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan probe</c>: what measuring before renting is worth.</summary>
internal sealed class ProbeCommand(IAnsiConsole console, TimeProvider clock)
{
    private const double MostMinutes = 24 * 60;

    private static readonly CommandOption<double?> Budget = CommandOption.Optional(
        "probe-budget", Amounts.Usd.Within(RequestRanges.BudgetUsd), "most to spend on probes") with
    {
        Group = OptionGroup.Limits, Example = "20", Default = "no limit",
    };

    private static readonly CommandOption<double?> Minutes = CommandOption.Optional(
        "probe-minutes", Values.Number("MINUTES").Within(1, MostMinutes), "measuring on each machine, start-up aside") with
    {
        Group = OptionGroup.Limits, Example = "15", Default = "that of probe.json",
    };

    private static readonly CommandOption<ProbeSoftware> With = CommandOption.OrElse(
        "probe-with", Values.Choice<ProbeSoftware>(), ProbeSoftware.Calibrator,
        "what runs on the machine: slm-calibrate, which tells of the device, or your own code, which tells of your software too") with
    {
        Group = OptionGroup.Software, Example = "own-code",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "probe", "What is it worth to measure a machine before renting it for long? Which to measure, and at which cost.")
    {
        Options = [.. RequestOptions.All, Budget, Minutes, With, DataOptions.Offers, OutputOptions.Folder, OutputOptions.Seed,
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
        var plan = new ProbeAnalysis(inputs).Plan(outcome, Probing(given));
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

    private static ProbeRequest Probing(Given given)
    {
        var profile = ProbeProfileFile.Read(DataOptions.OpenProfiles(given).RootOf("probe.json"));
        return new(
            given.Of(Budget) ?? double.PositiveInfinity,
            given.Of(Minutes) ?? profile.Minutes.Value,
            given.Of(With) == ProbeSoftware.Calibrator ? CalibratorStack : null,
            profile.LogError,
            DayWorthUsd: null);
    }

    /// <summary>The calibrator's bursts by their name in <c>stacks.json</c>.</summary>
    private const string CalibratorStack = "slm-calibrate";
}

/// <summary>What measures on a rented machine.</summary>
internal enum ProbeSoftware
{
    /// <summary>The calibrator.</summary>
    Calibrator,

    /// <summary>The user's own training program.</summary>
    OwnCode,
}
