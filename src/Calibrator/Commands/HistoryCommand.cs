using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Store;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Fleets;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

using Spectre.Console;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate history</c>: what earlier runs found.</summary>
internal sealed class HistoryCommand(IAnsiConsole console)
{
    private static readonly CommandOption<string?> Comparison = CommandOption.Text("compare", "RUN,RUN", "two run numbers to compare") with
    {
        Example = "3,7",
    };

    private static readonly CommandOption<bool> OfFleet = CommandOption.Flag(
        "fleet", "each machine beside the others of its device and itself earlier, each device beside published rows");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "history", "List earlier runs, compare two, set machines of one kind beside each other, and flag what became slower.")
    {
        Options = [Comparison, OfFleet, MachineOptions.Format, MachineOptions.History],
        Examples = ["slm-calibrate history --compare 3,7", "slm-calibrate history --fleet --format json"],
    }.DoneBy<HistoryCommand>((command, given) => command.Run(given));

    /// <summary>Lists the runs, or compares two.</summary>
    private int Run(Given given)
    {
        var store = given.Of(MachineOptions.History) ?? StorePlace.WithOldHistory();
        using var reader = new HistoryReader(store);
        if (given.Of(Comparison) is { } compare)
            Compare(reader, compare);
        else if (given.Of(OfFleet) || given.Of(MachineOptions.Format) != OutputFormat.Table)
            ListFleet(reader.All(), store, given.Of(MachineOptions.Format));
        else
            List(reader.All());
        return ExitCode.Done;
    }

    /// <summary>
    /// Machines beside their siblings, and their devices beside what the shipped fit says, which knows published rows alone.
    /// </summary>
    private void ListFleet(IReadOnlyList<HistoryEntry> entries, string store, OutputFormat format)
    {
        var shipped = ProfileStore.Open(Path.Combine(AppContext.BaseDirectory, "profiles"));
        var bursts = KeptBursts.Read(store, shipped);
        IReadOnlyList<DeviceComparison> devices =
            bursts.Count == 0 ? [] : PublishedComparison.Of(PerformanceFiles.Read(shipped).Published, bursts);
        var machines = Fleet.Of(entries);
        ListingOutput.Print(
            [FleetTables.Machines(machines), FleetTables.Published(devices)], format, console, Console.Out,
            [.. machines.Select(machine => machine.Warning).OfType<MachineOutlier>()]);
        if (format == OutputFormat.Table)
            foreach (var device in devices)
                console.WriteLine(DeviceComparisonWords.Of(device));
    }

    private void List(IReadOnlyList<HistoryEntry> entries)
    {
        if (entries.Count == 0)
        {
            console.WriteLine("no runs yet");
            return;
        }
        var table = new Table().AddColumns("run", "date", "machine", "device", "settings", "bursts", "held-out error");
        foreach (var entry in entries)
        {
            table.AddRow(
                $"{entry.Id}", $"{entry.At:yyyy-MM-dd HH:mm}", Markup.Escape(entry.Machine), Markup.Escape(entry.Device),
                Markup.Escape(entry.Settings), $"{entry.Bursts}", entry.HeldOutError is { } error ? $"{error:P1}" : "-");
        }
        console.Write(table);
        foreach (var latest in entries.GroupBy(entry => (entry.Machine, entry.Device)).Select(group => group.Last()))
        {
            if (HistoryComparison.Slower([.. entries.Where(entry => entry.Id < latest.Id)], latest) is { } finding)
                console.WriteLine(FindingWords.Line(finding));
        }
    }

    private void Compare(HistoryReader reader, string compare)
    {
        var parts = compare.Split(',');
        if (parts.Length != 2 || !long.TryParse(parts[0], out var first) || !long.TryParse(parts[1], out var second))
            throw new InputException($"--compare is {compare}; two run numbers like 3,7 are wanted");
        var table = new Table().AddColumns("number", $"run {first}", $"run {second}", "change");
        foreach (var change in HistoryComparison.Compare(reader.Get(first), reader.Get(second)))
            table.AddRow(Markup.Escape(change.Name), $"{change.Before:G4}", $"{change.After:G4}", change.Change is { } share
                ? $"{share:+0.0%;-0.0%}" : "-");
        console.Write(table);
    }
}
