using Cocona;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan plan</c>: what to rent.</summary>
internal sealed class PlanCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>Plans, prints the answer and, with <c>--out</c>, writes the report.</summary>
    [Command("plan", Description = "Recommend what to rent to train a model: cheapest, fastest or of lowest loss.")]
    public int Plan(
        PlanOptions options,
        CommonOptions common,
        [Option(Description = "folder to write the report into")] string? @out = null,
        [Option(Description = "seed of the simulated risk")] int seed = 1,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var bench = options.Open(common, clock);
        var inputs = bench.InputsFor(options.Texts) with { Seed = seed };
        var started = clock.GetTimestamp();
        var plan = new Core.Planning.Planner(inputs).Plan(bench.Requests.Read(options.Texts));
        Progress.Searched(plan.Rejected.Evaluated, inputs.Offers.Count, clock.GetElapsedTime(started));
        if (@out is not null)
            PlanOutput.WriteFolder(plan, @out);
        PlanOutput.Print(plan, format, console, Console.Out);
        return PlanOutput.ExitCodeOf(plan);
    }
}
