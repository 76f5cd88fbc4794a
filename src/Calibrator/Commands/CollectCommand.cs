using SlmPlanner.Calibrator.Fleets;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Data.Store;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;

using Spectre.Console;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate collect</c>: takes what probes uploaded into the evidence store.</summary>
internal sealed class CollectCommand(IAnsiConsole console, TimeProvider clock)
{
    private static readonly CommandArgument Places = new("PLACE", "folder, s3://…, gs://… or user@host:folder that probes uploaded to")
    {
        IsList = true,
    };

    private static readonly CommandOption<string?> Fleet = CommandOption.Text(
        "fleet", "FILE", "the fleet.json that 'fleet' wrote: what did not come back is named") with
    {
        Example = "fleet/fleet.json",
    };

    private static readonly CommandOption<string?> Evidence =
        CommandOption.Text("evidence", "FILE", "evidence store to add the bursts to") with
    {
        Example = "evidence.db", Default = "the user's own",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "collect", "Take what the probes of a fleet uploaded into the evidence store, and say what is missing, failed or noisy.")
    {
        Arguments = [Places],
        Options = [Fleet, Evidence, MachineOptions.Format],
        Examples = ["slm-calibrate collect /shared/probes --fleet fleet/fleet.json", "slm-calibrate collect s3://my-bucket/probes"],
    }.DoneBy<CollectCommand>((command, given) => command.Collect(given));

    /// <summary>Reads, keeps what is new and lists all.</summary>
    private int Collect(Given given)
    {
        var results = FleetResults.Read(given.AllOf(Places), given.Of(Fleet));
        if (results.Count == 0)
            throw new InputException($"no probe has uploaded to {string.Join(", ", given.AllOf(Places))}: a folder with result.json is "
                + $"one");
        using var store = EvidenceStore.OpenToAdd(given.Of(Evidence) ?? StorePlace.Default);
        var unfitted = KeepRuns(results.Where(result => result.IsUsable), given.Of(Evidence) ?? StorePlace.Default);
        var rows = results.Select(result => new Row(
                result, result.IsUsable ? store.Add(Learnings(result), clock.GetUtcNow()).Count : 0,
                result.Reason ?? unfitted.GetValueOrDefault(result.Probe)))
            .ToList();
        ListingOutput.Print(new Listing<Row>("probes", "Probes of the fleet", rows,
            new ListingColumn<Row>("probe", "Probe", row => row.Result.Probe),
            new("state", "State", row => row.Result.State.ToString().ToLowerInvariant()),
            new("bursts", "Bursts", row => row.Result.Lines.Count(line => line.Burst is not null), IsNumber: true),
            new("kept", "New in the store", row => row.Kept, IsNumber: true),
            new("reason", "Why", row => row.Reason)), given.Of(MachineOptions.Format), console, Console.Out);
        return results.Any(result => result.IsUsable) ? ExitCode.Done : ExitCode.BadInput;
    }

    /// <summary>
    /// Each machine's calibration joins the history, once: 'history --fleet' sets it beside the others of its kind. Returns by probe why no
    /// profile can be made of its measurements, so that one of them stops no other.
    /// </summary>
    private static Dictionary<string, string> KeepRuns(IEnumerable<CollectedResult> results, string store)
    {
        using var history = new HistoryStore(store);
        using var reader = new HistoryReader(store);
        var unfitted = new Dictionary<string, string>(StringComparer.Ordinal);
        var known = reader.All().Select(entry => (entry.Machine, entry.At)).ToHashSet();
        foreach (var result in results)
        {
            var state = new RunState(result.Lines);
            if (state.Environment is null || state.Micro is null || state.Fitted.Count == 0
                || known.Contains((state.Environment.Machine, result.Lines[^1].At)))
                continue;
            try
            {
                history.Add(RunHistory.Entry(CalibrationResult.Of(state), result.Folder ?? result.Probe, result.Lines[^1].At));
            }
            catch (InputException exception)
            {
                unfitted[result.Probe] = $"no profile: {exception.Message}";
            }
        }
        return unfitted;
    }

    private static IEnumerable<Learning> Learnings(CollectedResult result) => BurstObservation.OfRun(result.Lines)
        .Select(observation => new Learning(observation, EvidenceKind.Burst, "measurements.jsonl"));

    private sealed record Row(CollectedResult Result, int Kept, string? Reason);
}
