using Cocona;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Reporting;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Models;
using SlmPlanner.Presentation.CommandLine;
using Spectre.Console;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate run</c>: measures this machine, fits its profile and proves it.</summary>
internal sealed class RunCommand(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>Measures within the budget, then writes profile and report.</summary>
    [Command("run", Description = "Calibrate this machine: run chosen bursts, fit a profile, prove it on bursts held back.")]
    public async Task<int> Run(
        RankOptions ranks,
        [Option(Description = "Folder for measurements, profile and report.")] string? @out = null,
        [Option(Description = "Go on in a folder that holds measurements.")] string? resume = null,
        [Option("budget-minutes", Description = "Time that all of it may take (default 5).")] double? budgetMinutes = null,
        [Option("budget-usd", Description = "The same in money, with --usd-per-hour.")] double? budgetUsd = null,
        [Option("usd-per-hour", Description = "What the machine costs.")] double? usdPerHour = null,
        [Option(Description = "cpu, cuda or cuda:N.")] string device = "cpu",
        [Option("for", Description = "A model's config.json: bursts bracket its width.")] string? target = null,
        [Option(Description = "Threads of each rank; by default all cores, divided among the ranks.")] int? threads = null,
        [Option(Description = "Seed of the choice of bursts.")] int seed = 1,
        [Option(Description = "SQLite file of past runs; by default the user's own.")] string? history = null)
    {
        ComputeDevices.Check(device);
        var launch = ranks.Checked();
        var settings = new RunSettings
        {
            Device = device,
            Threads = Threads(threads, launch.Ranks),
            Launch = launch.Ranks > 1 ? launch : null,
            BudgetSeconds = RunBudget.SecondsOf(budgetMinutes, budgetUsd, usdPerHour),
            Seed = seed,
            Ranges = target is null ? PoolRanges.Default : PoolRanges.For(ModelFile(target)),
            Command = $"slm-calibrate run --budget-minutes {RunBudget.SecondsOf(budgetMinutes, budgetUsd, usdPerHour) / 60:0.##} --device {device}{(launch.Ranks > 1 ? $" --ranks {launch.Ranks}" : "")} --seed {seed}",
        };
        using var folder = RunFolder.Open(resume ?? @out ?? throw new InputException("--out DIR is needed (or --resume DIR)"), resume is not null);
        using var interrupt = new Interrupt();
        var progress = new RunProgress(Console.Error, !Console.IsErrorRedirected);
        var (state, ending) = await new CalibrationRun(folder, settings, progress, clock).Measure(interrupt.Token);
        progress.Stage(ending);
        if (state.Micro is null || state.Fitted.Count == 0)
            throw new InputException($"nothing to fit in {folder.Path}: no burst was measured");
        Finish(folder, settings, CalibrationResult.Of(state), ending, history);
        return ExitCode.Done;
    }

    private void Finish(RunFolder folder, RunSettings settings, CalibrationResult result, string ending, string? history)
    {
        AtomicFile.WriteAllText(folder.Profile, result.ProfileJson(settings.Command));
        AtomicFile.WriteAllText(folder.Report, CalibrationReport.Render(result, ending));
        if (Keep(RunHistory.Entry(result, settings, folder.Path, clock.GetUtcNow()), history ?? HistoryStore.DefaultPath) is { } slower)
            result = result with { Findings = [.. result.Findings, slower] };
        RunSummary.Write(console, result, folder);
    }

    /// <summary>Adds a run to the history, and compares it with those before it.</summary>
    private static Finding? Keep(HistoryEntry entry, string history)
    {
        using var store = new HistoryStore(history);
        using var reader = new HistoryReader(history);
        var earlier = reader.All();
        store.Add(entry);
        return HistoryComparison.Slower(earlier, entry);
    }

    private static int Threads(int? threads, int ranks) => threads switch
    {
        null => Math.Max(1, Environment.ProcessorCount / ranks),
        >= 1 and <= 4096 => threads.Value,
        _ => throw new InputException($"--threads is {threads}; 1 to 4096 is allowed"),
    };

    private static TransformerShape ModelFile(string path) => ShapeFile.Read(path);
}
