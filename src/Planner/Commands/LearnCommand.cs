using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Logs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Sources;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Runs;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan learn</c>: what the logs of runs tell.</summary>
internal sealed class LearnCommand(TimeProvider clock)
{
    private static readonly CommandArgument Logs = new("LOG", "log files, folders of one run, or addresses") { IsList = true,
        IsOptional = true };

    private static readonly CommandOption<string?> Rows = CommandOption.Text(
        "rows", "FILE", "rows with the columns of measured.csv (docs/rows.md) to learn as own runs") with
    {
        Group = OptionGroup.Data, Example = "my-runs.csv",
    };

    private static readonly CommandOption<IReadOnlyList<string>> RunConfigs = CommandOption.Repeated(
        "run-config", Values.Text("FILE"),
            "configuration of the run: TOML, JSON, YAML, a launch script; those beside the log are found") with
    {
        Group = OptionGroup.Data, Example = "train.toml",
    };

    private static readonly CommandOption<string?> UtilisationFile = CommandOption.Text(
        "utilisation", "FILE", "utilisation from nvidia-smi (CSV) or DCGM (Prometheus text)") with
    {
        Group = OptionGroup.Data, Example = "smi.csv",
    };

    private static readonly CommandOption<bool> DryRun = CommandOption.Flag("dry-run", "show what would be learned, and keep nothing") with
    {
        Group = OptionGroup.Output,
    };

    private static readonly CommandOption<bool> KeepRaw = CommandOption.Flag(
        "keep-raw", "keep the whole log too, packed, in the folder STORE.raw; it may hold names of hosts, paths and people") with
    {
        Group = OptionGroup.Output,
    };

    private static readonly CommandOption<OutputFormat> Format = CommandOption.OrElse(
        "format", Values.Choice<OutputFormat>(OutputFormat.Table, OutputFormat.Json), OutputFormat.Table, "what to print") with
    {
        Group = OptionGroup.Output,
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "learn", "Learn from the logs of real runs: steady speed with its interval, memory, what contradicts itself, what is missing.")
    {
        Arguments = [Logs],
        Options =
        [
            .. LearnOptions.Facts, Rows, RunConfigs, LearnOptions.Map, UtilisationFile, DryRun, EvidenceOptions.Store, EvidenceOptions.By,
            KeepRaw, Format, .. DataOptions.All,
        ],
        Examples =
        [
            "slm-plan learn train.log --dry-run",
            "slm-plan learn out/ --gpu H100-SXM --n-gpus 8 --evidence team.db",
            "slm-plan learn wandb.csv --map step_time=perf/iter_s --seq-len 2048",
        ],
    }.DoneBy<LearnCommand>((command, given) => command.Learn(given));

    private int Learn(Given given)
    {
        var places = given.AllOf(Logs);
        if (places.Count == 0 && given.Of(Rows) is null)
            throw new InputException("learn needs a log, a folder of logs, an address or --rows FILE");
        var profiles = DataOptions.OpenProfiles(given);
        var (runs, learnings, files) = (new List<LearnedRun>(), new List<Learning?>(), new List<IReadOnlyList<string>>());
        foreach (var place in places)
            foreach (var (observed, notes) in Observed(given, profiles, place))
                Add(Learned(given, observed, notes), observed.Logged.Places);
        if (given.Of(Rows) is { } rows)
            foreach (var row in MeasurementFile.Read(rows))
                Add((LearnedRun.Of(row), OfRow(given, row)), []);
        Compare(given, profiles, runs, learnings);
        var store = given.Of(DryRun) || !runs.Exists(run => run.Usable) ? null : Keep(given, runs, learnings, files);
        var report = new LearnReport(1, given.Of(DryRun), store is null ? null : Path.GetFileName(store),
            store is null ? runs : [.. runs.Select(run => run with { Learned = run.Usable })]);
        Console.Out.Write(given.Of(Format) == OutputFormat.Json ? LearnJson.Write(report) + "\n" : LearnText.Write(report));
        return runs.Exists(run => run.Usable) ? ExitCode.Done : ExitCode.BadInput;

        void Add((LearnedRun Run, Learning? Learning) one, IReadOnlyList<string> read)
        {
            runs.Add(one.Run);
            files.Add(read);
            learnings.Add(one.Run.Usable ? one.Learning : null);
        }
    }

    /// <summary>Says of each run how far it is from all that is known without it, before anything is kept.</summary>
    private static void Compare(Given given, ProfileStore profiles, List<LearnedRun> runs, List<Learning?> learnings)
    {
        var agreement = new Agreement(profiles, EvidencePath.ToRead(given),
            runs.Select(run => run.Id).OfType<string>().ToHashSet(StringComparer.Ordinal));
        for (var index = 0; index < runs.Count; index++)
            if (learnings[index] is { } learning)
            {
                if (agreement.Of(learning.Observation) is { } found)
                    runs[index] = runs[index].Compared(found);
                if (agreement.TwinOf(learning.Observation) is { } name)
                    runs[index] = runs[index] with { Notes = [.. runs[index].Notes, ShippedTwins.Reason(name)] };
            }
    }

    /// <summary>Keeps what can be learned, all of it or none, and returns the store.</summary>
    private string Keep(Given given, List<LearnedRun> runs, List<Learning?> learnings, List<IReadOnlyList<string>> files)
    {
        var path = EvidencePath.ToAdd(given);
        using var store = EvidenceStore.OpenToAdd(path);
        var isNew = store.Add(learnings.OfType<Learning>(), clock.GetUtcNow()).ToHashSet(StringComparer.Ordinal);
        foreach (var known in runs.Where(run => run.Usable && run.Id is { } id && !isNew.Contains(id)))
            Console.Error.WriteLine($"{known.File}: known already, nothing is added");
        if (given.Of(KeepRaw))
            foreach (var (run, read) in runs.Zip(files).Where(one => one.First.Usable))
                RawLogs.Keep(path, run.Id!, read);
        return path;
    }

    private static Learning? OfRow(Given given, MeasurementRow row) => row.Observation is { } observation
        ? new(observation, EvidenceKind.Row, row.File, row.Line, By: given.Of(EvidenceOptions.By)) : null;

    private static IEnumerable<(ObservedRun Run, IReadOnlyList<string> Notes)> Observed(Given given, ProfileStore store, string place)
    {
        var all = RunFolder.Runs([place]).Select(run => Observe(given, store, run)).ToList();
        var once = RunTwins.Once([.. all.Select(one => one.Run)]);
        return all.Where(one => once.Contains(one.Run));
    }

    private static (ObservedRun Run, IReadOnlyList<string> Notes) Observe(Given given, ProfileStore store, IReadOnlyList<string> places)
    {
        var notes = new List<string>();
        var logged = new RunReader(LearnOptions.Mapped(given)).Read(places);
        IReadOnlyList<RunConfig> configs =
        [
            .. given.Of(RunConfigs).Select(RunConfig.Read),
            .. logged.Log is null || Data.Catalogs.CatalogDownload.IsAddress(places[0]) ? []
                : RunConfig.Beside(places[0], [.. places], notes.Add),
        ];
        var said = LearnOptions.Read(given);
        if (logged.Log is { } log)
        {
            var known = new RunFacts();
            known.Add(log.Facts);
            foreach (var config in configs)
                known.Add(config.Facts);
            if (StatedBatch.Add(given.Of(LearnOptions.GlobalBatch), said, known) is { } understood)
                notes.Add(understood);
        }
        var model = given.Of(LearnOptions.Model) is { } name ? store.Models.Find(name) : null;
        if (given.Of(LearnOptions.Gpu) is { } gpu)
            store.Devices.Find(gpu);
        return (new RunObserver(store.Devices, store.Models).Observe(logged, configs, said, model), notes);
    }

    private static (LearnedRun Run, Learning? Learning) Learned(Given given, ObservedRun observed, IReadOnlyList<string> notes)
    {
        var learned = LearnedRun.Of(observed, notes);
        if (given.Of(UtilisationFile) is { } file)
            learned = learned with { Utilisation = Utilisation.Read(file) };
        return (learned, observed.Observation is { } observation ? Of(given, observed, observation) : null);
    }

    private static Learning Of(Given given, ObservedRun observed, Observation observation)
    {
        var (first, last) = observed.Logged.Log!.Lines;
        return new(observation, EvidenceKind.Run, observed.Logged.Name, Line(first), Line(last), given.Of(EvidenceOptions.By),
            RunCurve.Of(observed.Logged.Log, observed.Steady!, observed.Numbers!));

        static int? Line(long line) => line is > 0 and <= int.MaxValue ? (int)line : null;
    }
}
