using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Reporting;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;
using SlmPlanner.Core;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Store;
using SlmPlanner.Presentation.CommandLine;

using Spectre.Console;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate run</c>: measures this machine, fits its profile and proves it.</summary>
internal sealed class RunCommand(IAnsiConsole console, TimeProvider clock)
{
    private static readonly CommandOption<string?> Out = CommandOption.Text(
        "out", "FOLDER", "folder for measurements, profile and report") with
    {
        Group = OptionGroup.Output,
        Example = "my-machine",
    };

    private static readonly CommandOption<string?> Resume = CommandOption.Text(
        "resume", "FOLDER", "go on in a folder that holds measurements") with
    {
        Group = OptionGroup.Output,
        Example = "my-machine",
    };

    private static readonly CommandOption<double?> BudgetMinutes = CommandOption.Optional(
        "budget-minutes", Values.Number("MINUTES"), "time that all of it may take") with
    {
        Group = OptionGroup.Limits,
        Example = "20",
        Default = "5",
    };

    private static readonly CommandOption<double?> BudgetUsd = CommandOption.Optional(
        "budget-usd", Values.Number("USD"), "the same in money, with --usd-per-hour") with
    {
        Group = OptionGroup.Limits,
        Example = "2",
    };

    private static readonly CommandOption<double?> UsdPerHour = CommandOption.Optional(
        "usd-per-hour", Values.Number("USD"), "what the machine costs") with
    {
        Group = OptionGroup.Limits,
        Example = "3.5",
    };

    private static readonly CommandOption<string?> Target = CommandOption.Text(
        "for", "FILE", "a model's config.json: bursts bracket its width") with
    {
        Example = "config.json",
    };

    private static readonly CommandOption<int?> Threads = CommandOption.Optional(
        "threads", Values.Whole("COUNT").Within(1, 4096), "threads of each rank") with
    {
        Example = "4",
        Default = "all cores, divided among the ranks",
    };

    private static readonly CommandOption<string?> Evidence = CommandOption.Text(
        "evidence", "FILE|none", "store of evidence that the bursts are added to, or none to add them to none") with
    {
        Group = OptionGroup.Output,
        Example = "team.db",
        Default = "that of --history",
    };

    private static readonly CommandOption<IReadOnlyList<string>> Siblings = CommandOption.Repeated(
        "siblings", Values.Text("FOLDER|none"), "calibration of another machine of this kind to start from, once for each; none to "
            + "start from nothing") with
    {
        Example = "first-machine",
        Default = "the latest of each machine of this kind in the history, at most three",
    };

    private static readonly CommandOption<int> Seed = MachineOptions.Seed(1, "seed of the choice of bursts");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "run", "Calibrate this machine: run chosen bursts, fit a profile, prove it on bursts held back.")
    {
        Options = [MachineOptions.Device, MachineOptions.Libtorch, Target, Siblings, Threads, Seed, .. RankOptions.All, BudgetMinutes,
            BudgetUsd,
            UsdPerHour, Out, Resume, MachineOptions.History, Evidence],
        Examples = ["slm-calibrate run --out my-machine", "slm-calibrate run --out my-machine --budget-minutes 20 --device cuda"],
    }.DoneBy<RunCommand>((command, given) => command.Run(given));

    /// <summary>Measures within the budget, then writes profile and report.</summary>
    private async Task<int> Run(Given given)
    {
        InstalledTorch.Use(given.Of(MachineOptions.Libtorch));
        var (device, seed, resume) = (given.Of(MachineOptions.Device), given.Of(Seed), given.Of(Resume));
        var budget = RunBudget.SecondsOf(given.Of(BudgetMinutes), given.Of(BudgetUsd), given.Of(UsdPerHour));
        ComputeDevices.Check(device);
        var launch = RankOptions.Of(given);
        var settings = new RunSettings
        {
            Device = device,
            Threads = given.Of(Threads) ?? Math.Max(1, Environment.ProcessorCount / launch.Ranks),
            Launch = launch.Ranks > 1 ? launch : null,
            BudgetSeconds = budget,
            Seed = seed,
            Ranges = given.Of(Target) is { } target ? PoolRanges.For(ModelFile(target)) : PoolRanges.Default,
            Command = $"slm-calibrate run --budget-minutes {budget / 60:0.##} --device {device}"
                + $"{(launch.Ranks > 1 ? $" --ranks {launch.Ranks}" : "")} --seed {seed}",
        };
        var place = resume ?? given.Of(Out) ?? throw new InputException("--out FOLDER is needed (or --resume FOLDER)");
        using var folder = RunFolder.Open(place, resume is not null);
        using var interrupt = new Interrupt();
        var progress = new RunProgress(Console.Error, !Console.IsErrorRedirected);
        if (resume is null)
            StartFrom(given, folder, settings, progress);
        var (state, ending) = await new CalibrationRun(folder, settings, progress, clock, new ThisMachine(settings, clock))
            .Measure(interrupt.Token);
        progress.Stage(ending);
        if (state.Micro is null || state.Fitted.Count == 0)
            throw new InputException($"nothing to fit in {folder.Path}: no burst was measured");
        var history = given.Of(MachineOptions.History) ?? StorePlace.WithOldHistory();
        Finish(folder, settings, CalibrationResult.Of(state), ending, history);
        if (BurstStore.Place(given.Of(Evidence), history) is { } store)
        {
            var added = BurstStore.Add(folder.Measurements, store, clock.GetUtcNow());
            progress.Stage($"{added} burst{(added == 1 ? "" : "s")} added to {Path.GetFileName(store)}");
        }
        return ExitCode.Done;
    }

    /// <summary>Copies what is known of other machines of this kind into the folder.</summary>
    private static void StartFrom(Given given, RunFolder folder, RunSettings settings, RunProgress progress)
    {
        var wanted = given.Of(Siblings);
        if (wanted is ["none"])
            return;
        var here = Environments.Of(settings);
        using var history = new HistoryReader(given.Of(MachineOptions.History) ?? StorePlace.WithOldHistory());
        var machines = SiblingFiles.Keep(folder.Path, wanted.Count > 0 ? wanted : SiblingFiles.Known(history.All(), here), here);
        if (machines.Count > 0)
            progress.Stage($"starting from {string.Join(", ", machines)}, calibrated before and of the same kind; --siblings none "
                + $"starts from nothing");
    }

    private void Finish(RunFolder folder, RunSettings settings, CalibrationResult result, string ending, string history)
    {
        AtomicFile.WriteAllText(folder.Profile, result.ProfileJson(settings.Command));
        AtomicFile.WriteAllText(folder.Report, CalibrationReport.Render(result, ending));
        if (Keep(RunHistory.Entry(result, folder.Path, clock.GetUtcNow()), history) is { } slower)
            result = result with { Findings = [.. result.Findings, slower] };
        RunSummary.Write(console, result, folder);
    }

    /// <summary>Adds a run to the history, and compares it with those before it.</summary>
    private static DeviceSlower? Keep(HistoryEntry entry, string history)
    {
        using var store = new HistoryStore(history);
        using var reader = new HistoryReader(history);
        var earlier = reader.All();
        store.Add(entry);
        return HistoryComparison.Slower(earlier, entry);
    }

    private static TransformerShape ModelFile(string path) => ShapeFile.Read(path);
}
