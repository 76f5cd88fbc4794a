using Cocona;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan plan</c>: what to rent.</summary>
internal sealed class PlanCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "plan", "Recommend what to rent to train a model: the cheapest, the fastest and the balanced way, or the lowest loss.")
    {
        Options = [.. RequestOptions.All, .. ProbeOptions.OfPlan, DataOptions.Offers, OutputOptions.Folder, OutputOptions.Details,
            OutputOptions.Seed, OutputOptions.Format, .. CurrencyOptions.All, .. DataOptions.Predicting],
        Examples =
        [
            "slm-plan plan --model slm-1b --tokens 20B --budget 2000 --deadline 7d",
            "slm-plan plan --objective loss --budget 300 --max-gpus 1",
            "slm-plan plan --model slm-1b --tokens 20B --spot --own 4xRTX4090@0.35",
            "slm-plan plan --model slm-1b --tokens 200B --probes --out report",
            "slm-plan plan --model llama-3.2-1b --method qlora --lengths data.jsonl",
        ],
    }.DoneBy<PlanCommand>((command, given) => command.Plan(given));

    /// <summary>Plans, prints the answer and, with <c>--out</c>, writes the report.</summary>
    private int Plan(Given given)
    {
        using var interrupt = new Interrupt();
        var bench = DataOptions.OpenBench(given, clock);
        var inputs = bench.InputsFor(given) with { Seed = given.Of(OutputOptions.Seed) };
        var started = clock.GetTimestamp();
        var (planner, request) = (new Core.Planning.Planner(inputs), bench.Requests.Read(given));
        var outcome = planner.Search(request, interrupt.Token);
        var plan = planner.Describe(request, outcome, interrupt.Token) with { Currency = CurrencyOptions.Of(given) };
        if (ProbeOptions.Asked(given))
            plan = plan with { MeasureFirst = new ProbeAnalysis(inputs).Plan(outcome, ProbeOptions.Read(given, bench.Probes.Value)) };
        Progress.Searched(plan.Rejected.Evaluated, inputs.Offers.Count, clock.GetElapsedTime(started));
        if (given.Of(OutputOptions.Folder) is { } folder)
            PlanOutput.WriteFolder(plan, folder);
        PlanOutput.Print(plan, given.Of(OutputOptions.Format), console, Console.Out, given.Of(OutputOptions.Details));
        return PlanOutput.ExitCodeOf(plan);
    }
}
