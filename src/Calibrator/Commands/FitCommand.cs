using Cocona;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate fit</c>: fits measurements that exist, without running anything.</summary>
internal sealed class FitCommand
{
    private const string RunExtension = ".jsonl";

    /// <summary>Fits the rows of all files together and writes the profile.</summary>
    [Command("fit", Description = "Fit the step-time model to measured rows (CSV with the columns of measured.csv, or a run's measurements.jsonl) and write a profile.")]
    public int Fit(
        [Option(Description = "files of measured rows; may be repeated")] string[] measurements,
        [Option(Description = "profile to write (JSON)")] string @out,
        [Option(Description = "folder of your own profiles, over the shipped ones")] string? profiles = null,
        [Option(Description = "rows to leave out (CSV: id, reason)")] string? exclude = null,
        [Option(Description = "seed of the random starts")] int seed = 1)
    {
        if (measurements.Any(file => file.EndsWith(RunExtension, StringComparison.OrdinalIgnoreCase)))
            return FitRun(measurements, @out, seed);
        var shipped = Path.Combine(AppContext.BaseDirectory, "profiles");
        var store = profiles is null ? ProfileStore.Open(shipped) : ProfileStore.Open(shipped, profiles);
        var options = FitOptions.Default with { Seed = seed };
        var resolver = new WorkloadResolver(store.Devices, StackFiles.Read(store), Publications.Read(store));
        var excluded = Exclusions.Read(exclude ?? Path.Combine(shipped, "validation", "exclusions.csv"));
        var report = Core.Fitting.Fit.Run(measurements.SelectMany(MeasurementFile.Read), resolver, excluded, options);
        foreach (var finding in report.Findings)
            Console.Error.WriteLine($"{finding.Severity}: {finding.Message}");
        AtomicFile.WriteAllText(@out, FitFile.Of(report, null, options, Command(measurements, @out, seed)).ToJson());
        Console.Out.WriteLine($"{report.Workloads.Count} rows fitted, {report.Rejected.Count} rejected: {@out}");
        foreach (var row in report.Rejected)
            Console.Out.WriteLine($"  rejected {row.Id}: {row.Reason}");
        return ExitCode.Done;
    }

    /// <summary>The fit of a calibrated machine: the one that <c>run</c> made, from the measurements that it left.</summary>
    private static int FitRun(string[] measurements, string target, int seed)
    {
        if (measurements is not [var file])
            throw new InputException($"--measurements: the measurements of a run ({RunExtension}) are fitted alone, one machine per profile");
        var (lines, problems) = MeasurementLog.Read(file);
        foreach (var problem in problems)
            Console.Error.WriteLine($"warning: {problem}");
        var state = new RunState(lines);
        if (state.Micro is null || state.Fitted.Count == 0)
            throw new InputException($"{file}: holds no measured burst that could be fitted");
        var result = CalibrationResult.Of(state);
        AtomicFile.WriteAllText(target, result.ProfileJson(Command(measurements, target, seed)));
        Console.Out.WriteLine($"{state.Fitted.Count} bursts fitted, {result.HeldOut.Count} held out with a mean absolute error of {result.HeldOutError:P1} (6ND at one MFU {result.NaiveError:P0}): {target}");
        return ExitCode.Done;
    }

    private static string Command(string[] measurements, string target, int seed) =>
        $"slm-calibrate fit {string.Join(' ', measurements.Select(file => $"--measurements {Path.GetFileName(file)}"))} --seed {seed} --out {Path.GetFileName(target)}";
}
