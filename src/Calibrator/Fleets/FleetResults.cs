using System.Diagnostics;
using SlmPlanner.Core;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>Finds what the probes of a fleet uploaded.</summary>
internal static class FleetResults
{
    /// <summary>Folders below a place that are searched: place/fleet/probe.</summary>
    private const int Depth = 3;

    /// <summary>Results at places, one for each probe, and those that a fleet still lacks. By name.</summary>
    /// <param name="places">Folders, or buckets and hosts that are copied first.</param>
    /// <param name="fleet">The <c>fleet.json</c> that says what is to come; null to take what is there.</param>
    /// <exception cref="InputException">A place can't be read.</exception>
    public static IReadOnlyList<CollectedResult> Read(IEnumerable<string> places, string? fleet)
    {
        var results = places.SelectMany(place => Folders(Local(place), place)).Select(CollectedResult.Read)
            .GroupBy(result => result.Probe, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.MinBy(result => result.State)!, StringComparer.Ordinal);
        var expected = fleet is null ? [] : JsonFile.Read(fleet, FleetJson.Default.FleetManifest, FormatVersion.OfDataFiles).Expected;
        foreach (var probe in expected)
            results.TryAdd(probe, CollectedResult.MissingOf(probe));
        return [.. results.Values.OrderBy(result => result.Probe, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Folders(string folder, string place) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, CollectedResult.FileName, new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = Depth,
        }).Select(file => Path.GetDirectoryName(file)!).Order(StringComparer.Ordinal)
        : throw new InputException($"{place}: no such folder");

    /// <summary>A folder here: the place itself, or a copy of it by the provider's own program.</summary>
    private static string Local(string place)
    {
        if (CopyProgram.For(place) is not { } program)
            return place;
        var folder = Directory.CreateTempSubdirectory("slm-collect-").FullName;
        Run([.. program.Command, place, folder], place);
        return folder;
    }

    private static void Run(string[] command, string place)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InputException($"{place} can't be copied: {command[0]} ended with {process.ExitCode}: {errors.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InputException($"{place} is copied by '{command[0]}', which is not on this machine: {exception.Message}", exception);
        }
    }
}
