using Cocona;
using SlmPlanner.Core.Planning.Sweeps;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Sweeps;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan sweep</c>: the best plan as one or two things change.</summary>
internal sealed class SweepCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>Plans once per value and prints tokens per dollar, cost and time of each best candidate.</summary>
    [Command("sweep", Description = "Plan again and again while one or two things change: tokens per dollar against GPUs, batch, price, …")]
    public int Sweep(
        PlanOptions options,
        CommonOptions common,
        [Option("over", Description = "what changes: gpus, micro-batch, global-batch, tokens, seq-len, price, mfu (utilisation over the predicted one), budget, deadline, model-size, link (GB/s inside a machine), network (Gbit/s between machines) or scheme (ddp, zero2, fsdp_full); two separated by a comma")] string over,
        [Option("values", Description = "values, separated by commas, and after a semicolon those of the second; by default a range that suits it")] string? values = null,
        [Option(Description = "folder to write the chart and the rows into")] string? @out = null,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var bench = options.Open(common, clock);
        var request = bench.Requests.Read(options.Texts);
        var axes = SweepReader.Read(over, values, request, bench);
        var rows = new Sweep(bench.InputsFor(options.Texts)).Run(request, axes);
        if (@out is not null)
            SweepOutput.WriteFolder(axes, rows, @out);
        SweepOutput.Print(axes, rows, format, console, Console.Out);
        return rows.Any(row => row.Feasible) ? ExitCode.Done : ExitCode.NoFeasiblePlan;
    }
}
