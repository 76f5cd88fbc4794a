using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Listings;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan evidence</c>: what the store of learned runs holds.</summary>
internal sealed class EvidenceCommand(IAnsiConsole console, TimeProvider clock)
{
    private static readonly CommandArgument Id = new("ID", "the first digits of an observation's id");

    private static readonly CommandArgument Others = new("FILE", "stores to take in; a history.db of the calibrator will do too")
    {
        IsList = true,
    };

    private static readonly CommandOption<string?> Reason = CommandOption.Text("reason", "TEXT", "why it shall not count") with
    {
        Example = "wrong GPU",
    };

    private static readonly CommandOption<bool> Undo = CommandOption.Flag("undo", "count it again");

    private static readonly CommandOption<bool> Dropped = CommandOption.Flag("dropped", "those too that were dropped");

    private static readonly CommandOption<string> Out = CommandOption.OrElse(
        "out", Values.Text("FILE"), "-", "file to write: CSV, or JSON lines where its name ends in .jsonl; - for standard output") with
    {
        Group = OptionGroup.Output, Example = "runs.csv",
    };

    private static readonly IReadOnlyList<CommandOption> Settings = [EvidenceOptions.Store, DataOptions.Config, DataOptions.Set];

    /// <summary>The group.</summary>
    public static Command Command { get; } = new("evidence", "What was learned from your own runs: list, drop, merge, export.")
    {
        Commands =
        [
            new Command("list", "List the observations in the store.")
            {
                Options = [Dropped, OutputOptions.Format, .. Settings],
                Examples = ["slm-plan evidence list", "slm-plan evidence list --dropped --format csv"],
            }.DoneBy<EvidenceCommand>((command, given) => command.List(given)),
            new Command("show", "Show one observation: what was observed, when, from which file and lines.")
            {
                Arguments = [Id],
                Options = [OutputOptions.Format, .. Settings],
                Examples = ["slm-plan evidence show 3fa1c2"],
            }.DoneBy<EvidenceCommand>((command, given) => command.Show(given)),
            new Command("curve", "Show how a learned run went: loss and step time by steps and tokens.")
            {
                Arguments = [Id],
                Options = [OutputOptions.Format, .. Settings],
                Examples = ["slm-plan evidence curve 3fa1c2 --format csv"],
            }.DoneBy<EvidenceCommand>((command, given) => command.Curve(given)),
            new Command("drop", "Mark an observation so that it does not count any more; it stays in the store.")
            {
                Arguments = [Id],
                Options = [Reason, Undo, EvidenceOptions.By, .. Settings],
                Examples = ["slm-plan evidence drop 3fa1c2 --reason \"wrong GPU\"", "slm-plan evidence drop 3fa1c2 --undo"],
            }.DoneBy<EvidenceCommand>((command, given) => command.Drop(given)),
            new Command("merge", "Take everything from other stores that this one lacks.")
            {
                Arguments = [Others],
                Options = Settings,
                Examples = ["slm-plan evidence merge colleague.db", "slm-plan evidence merge a.db b.db --evidence team.db"],
            }.DoneBy<EvidenceCommand>((_, given) => Merge(given)),
            new Command("export", "Write the observations that count, for others or for --rows.")
            {
                Options = [Out, .. Settings],
                Examples = ["slm-plan evidence export --out runs.csv", "slm-plan evidence export --out runs.jsonl"],
            }.DoneBy<EvidenceCommand>((_, given) => Export(given)),
        ],
    };

    private int List(Given given)
    {
        var kept = Read(given).Where(kept => kept.Counts || given.Of(Dropped)).ToList();
        ListingOutput.Print(EvidenceListings.All(kept), given.Of(OutputOptions.Format), console, Console.Out);
        return ExitCode.Done;
    }

    private int Show(Given given)
    {
        using var store = EvidenceStore.OpenToRead(NeededPath(given));
        ListingOutput.Print(EvidenceListings.One(store.Find(given.Of(Id)!)), given.Of(OutputOptions.Format), console, Console.Out);
        return ExitCode.Done;
    }

    private int Curve(Given given)
    {
        using var store = EvidenceStore.OpenToRead(NeededPath(given));
        var kept = store.Find(given.Of(Id)!);
        var curve = store.CurveOf(kept.Id) ?? throw new InputException(
            $"{kept.ShortId} has no curve: only a log has one, and a run that was learned before curves were kept gets it when its log is "
            + "learned again");
        ListingOutput.Print(EvidenceListings.Curve(kept, curve), given.Of(OutputOptions.Format), console, Console.Out);
        return ExitCode.Done;
    }

    private int Drop(Given given)
    {
        var undo = given.Of(Undo);
        var reason = given.Of(Reason) ?? (undo ? "" : throw new InputException("--reason TEXT is needed: why shall it not count?"));
        using var store = EvidenceStore.OpenToAdd(NeededPath(given));
        var kept = store.Find(given.Of(Id)!);
        store.Mark(kept.Id, reason, dropped: !undo, clock.GetUtcNow(), given.Of(EvidenceOptions.By));
        Console.Error.WriteLine(undo ? $"{kept.ShortId} counts again"
            : $"{kept.ShortId} does not count any more; take that back with --undo");
        return ExitCode.Done;
    }

    private static int Merge(Given given)
    {
        using var store = EvidenceStore.OpenToAdd(EvidencePath.ToAdd(given));
        foreach (var other in given.AllOf(Others))
        {
            var added = store.Merge(other);
            Console.Error.WriteLine($"{other}: {string.Join(", ", added.Select(table => $"{table.Value} of {table.Key}"))} added");
        }
        return ExitCode.Done;
    }

    private static int Export(Given given)
    {
        Observation[] observations = [.. Read(given).Where(kept => kept.Counts).Select(kept => kept.Observation)];
        var (path, isLines) = (given.Of(Out), given.Of(Out).EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase));
        var text = isLines ? ObservationLines.All(observations) : ObservationCsv.Text(observations);
        if (path is "-")
            Console.Out.Write(text);
        else
            AtomicFile.WriteAllText(path, text);
        return ExitCode.Done;
    }

    private static IReadOnlyList<KeptObservation> Read(Given given)
    {
        if (EvidencePath.ToRead(given) is not { } path)
            return [];
        using var store = EvidenceStore.OpenToRead(path);
        return store.All();
    }

    private static string NeededPath(Given given) =>
        EvidencePath.ToRead(given)
        ?? throw new InputException("there is no store yet: learn a run first, or name one with --evidence FILE");
}
