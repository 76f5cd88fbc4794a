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
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate fit</c>: fits measurements that exist, without running anything.</summary>
internal sealed class FitCommand
{
    private const string RunExtension = ".jsonl";

    private static readonly CommandOption<IReadOnlyList<string>> Measurements = CommandOption.Repeated(
        "measurements", Values.Text("FILE"), "measured rows") with
    {
        IsRequired = true,
        Example = "measured.csv",
    };

    private static readonly CommandOption<string?> Profiles = CommandOption.Text(
        "profiles", "FOLDER", "your own profiles, over the shipped ones") with
    {
        Example = "my-profiles",
    };

    private static readonly CommandOption<string?> Exclude = CommandOption.Text(
        "exclude", "FILE", "rows to leave out (CSV: id, reason)") with
    {
        Example = "exclusions.csv",
    };

    private static readonly CommandOption<string> Out = CommandOption.Needed("out", Values.Text("FILE"), "profile to write (JSON)") with
    {
        Group = OptionGroup.Output,
        Example = "profile.json",
    };

    private static readonly CommandOption<int> Seed = MachineOptions.Seed(1, "seed of the random starts");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "fit",
        "Fit the step-time model to measured rows and write a profile. "
        + "Rows are CSV with the columns of measured.csv, or a run's measurements.jsonl.")
    {
        Options = [Measurements, Profiles, Exclude, Seed, Out],
        Examples = ["slm-calibrate fit --measurements measured.csv --out profile.json"],
    }.DoneBy<FitCommand>((command, given) => Fit(given));

    /// <summary>Fits the rows of all files together and writes the profile.</summary>
    private static int Fit(Given given)
    {
        var (measurements, target, seed) = (given.Of(Measurements), given.Of(Out), given.Of(Seed));
        if (measurements.Any(file => file.EndsWith(RunExtension, StringComparison.OrdinalIgnoreCase)))
            return FitRun(measurements, target, seed);
        var shipped = Path.Combine(AppContext.BaseDirectory, "profiles");
        var store = given.Of(Profiles) is { } own ? ProfileStore.Open(shipped, own) : ProfileStore.Open(shipped);
        var options = FitOptions.Default with { Seed = seed };
        var resolver = new WorkloadResolver(store.Datasheets, store.Stacks, Publications.Read(store));
        var excluded = Exclusions.Read(given.Of(Exclude) ?? Path.Combine(shipped, "validation", "exclusions.csv"));
        var report = Core.Fitting.Fit.Run(measurements.SelectMany(MeasurementFile.Read), resolver, excluded, options);
        foreach (var finding in report.Findings)
            Console.Error.WriteLine(FindingWords.Line(finding));
        AtomicFile.WriteAllText(target, FitFile.Of(report, null, options, CommandLine(measurements, target, seed)).ToJson());
        Console.Out.WriteLine($"{report.Workloads.Count} rows fitted, {report.Rejected.Count} rejected, {report.Beyond} kept to judge "
            + $"the fit: {target}");
        foreach (var row in report.Rejected)
            Console.Out.WriteLine($"  rejected {row.Id}: {row.Reason}");
        return ExitCode.Done;
    }

    /// <summary>The fit of a calibrated machine: the one that <c>run</c> made, from the measurements that it left.</summary>
    private static int FitRun(IReadOnlyList<string> measurements, string target, int seed)
    {
        if (measurements is not [var file])
            throw new InputException($"--measurements: the measurements of a run ({RunExtension}) are fitted alone, one machine per "
                + $"profile");
        var (lines, problems) = MeasurementLog.Read(file);
        foreach (var problem in problems)
            Console.Error.WriteLine($"warning: {problem}");
        var state = new RunState(lines) { Siblings = SiblingFiles.In(Path.GetDirectoryName(Path.GetFullPath(file))!) };
        if (state.Micro is null || state.Fitted.Count == 0)
            throw new InputException($"{file}: holds no measured burst that could be fitted");
        var result = CalibrationResult.Of(state);
        AtomicFile.WriteAllText(target, result.ProfileJson(CommandLine(measurements, target, seed)));
        Console.Out.WriteLine($"{state.Fitted.Count} bursts fitted, {result.HeldOut.Count} held out with a mean absolute error of "
            + $"{result.HeldOutError:P1} (6ND at one MFU {result.NaiveError:P0}): {target}");
        return ExitCode.Done;
    }

    private static string CommandLine(IReadOnlyList<string> measurements, string target, int seed) =>
        $"slm-calibrate fit {string.Join(' ', measurements.Select(file => $"--measurements {Path.GetFileName(file)}"))} --seed {seed} "
        + $"--out {Path.GetFileName(target)}";
}
