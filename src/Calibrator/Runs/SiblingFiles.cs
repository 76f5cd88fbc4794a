using SlmPlanner.Core;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// Measurements of other machines of the same kind, kept in a run's folder as they were when it started: whatever happens to the originals,
/// the run can be gone on with, fitted and proved.
/// </summary>
internal static class SiblingFiles
{
    private const string Measurements = "measurements.jsonl", Pattern = "sibling-*.jsonl";

    /// <summary>Siblings of a run at most: the latest of each machine, and more would cost time in every fit.</summary>
    private const int Most = 3;

    /// <summary>The run in a folder with its siblings.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Told of lines that could not be read.</param>
    /// <exception cref="InputException">There are no measurements.</exception>
    public static RunState Read(string folder, Action<string>? warn = null)
    {
        var (lines, problems) = MeasurementLog.Read(Path.Combine(folder, Measurements));
        foreach (var problem in problems)
            warn?.Invoke(problem);
        return new(lines) { Siblings = In(folder) };
    }

    /// <summary>The siblings in a folder, in the order of their names.</summary>
    public static IReadOnlyList<RunState> In(string folder) =>
        [.. Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal)
            .Select(file => new RunState(MeasurementLog.Read(file).Lines))];

    /// <summary>
    /// Folders of the latest run of each other machine of a device that a history knows and whose measurements are still there and tell
    /// something.
    /// </summary>
    public static IReadOnlyList<string> Known(IReadOnlyList<HistoryEntry> history, RunEnvironment here) =>
    [
        .. history.Where(entry => entry.Device == here.Device && entry.Machine != here.Machine && IsUsable(entry.Folder))
            .GroupBy(entry => entry.Machine).Select(machine => machine.Last()).OrderByDescending(entry => entry.At).Take(Most)
            .Select(entry => entry.Folder),
    ];

    /// <summary>A run that nobody named is passed over where it is gone, of another version or without bursts.</summary>
    private static bool IsUsable(string folder)
    {
        try
        {
            return Read(folder).Fitted.Count > 0;
        }
        catch (InputException)
        {
            return false;
        }
    }

    /// <summary>Copies measurements of siblings into a run's folder, one file for each machine.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="siblings">Their folders.</param>
    /// <param name="here">This machine.</param>
    /// <returns>The machines.</returns>
    /// <exception cref="InputException">One was measured on another device, or is this machine itself.</exception>
    public static IReadOnlyList<string> Keep(string folder, IReadOnlyList<string> siblings, RunEnvironment here)
    {
        List<string> machines = [];
        foreach (var sibling in siblings)
        {
            var file = Path.Combine(sibling, Measurements);
            var environment = new RunState(MeasurementLog.Read(file).Lines).Environment
                ?? throw new InputException($"--siblings {sibling}: {file} states no machine");
            if (environment.Device != here.Device)
                throw new InputException($"--siblings {sibling}: it was measured on {environment.Device}, this is {here.Device}: only "
                    + $"machines of one kind tell about each other");
            if (environment.Machine == here.Machine)
                throw new InputException($"--siblings {sibling}: it was measured on this machine, {here.Machine}: --resume goes on with "
                    + $"it");
            AtomicFile.WriteAllText(Path.Combine(folder, $"sibling-{environment.Fingerprint}.jsonl"), File.ReadAllText(file));
            machines.Add(environment.Machine);
        }
        return machines;
    }
}
