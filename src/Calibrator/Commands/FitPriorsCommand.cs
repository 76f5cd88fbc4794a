using SlmPlanner.Core;
using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate fit-priors</c>: what measured rows say of how far stacks, devices and publications differ.</summary>
internal sealed class FitPriorsCommand(TimeProvider clock)
{
    private static readonly CommandOption<IReadOnlyList<string>> Measurements = CommandOption.Repeated(
        "measurements", Values.Text("FILE"), "measured rows, those of the fit") with
    {
        IsRequired = true,
        Example = "measured.csv",
    };

    private static readonly CommandOption<string?> Fitted = CommandOption.Text(
        "fit", "FILE", "the fit of these rows") with
    {
        Example = "published.json", Default = "the shipped one",
    };

    private static readonly CommandOption<string> Out = CommandOption.Needed("out", Values.Text("FILE"), "file to write (JSON)") with
    {
        Group = OptionGroup.Output,
        Example = "priors.json",
    };

    private static readonly CommandOption<bool> Nested = CommandOption.Flag(
        "nested", "also choose them without each publication and say what it is off by then (minutes)");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "fit-priors",
        "Choose the deviations of the step-time model's priors by the marginal likelihood of measured rows, and write fit/priors.json.")
    {
        Options = [Measurements, Fitted, Nested, Out],
        Examples = ["slm-calibrate fit-priors --measurements measured.csv --out priors.json"],
    }.DoneBy<FitPriorsCommand>((command, given) => command.FitPriors(given));

    /// <summary>Compares the deviations in force with the best, from the fit that those in force gave.</summary>
    private int FitPriors(Given given)
    {
        var (measurements, target) = (given.Of(Measurements), given.Of(Out));
        var store = ProfileStore.Open(Path.Combine(AppContext.BaseDirectory, "profiles"));
        var excluded = Exclusions.Read(Path.Combine(store.Roots[0], "validation", "exclusions.csv"));
        var (workloads, _, _) = MeasurementSelection.Select(
            measurements.SelectMany(MeasurementFile.Read), new WorkloadResolver(store.Datasheets, store.Stacks, Publications.Read(store)),
            excluded,
            FitOptions.Default);
        var fit = FitFile.Read(given.Of(Fitted) ?? Path.Combine(store.Roots[0], "fit", "published.json")).ToModel();
        if (fit.Rows.Count != workloads.Count)
            throw new InputException(
                $"--fit: it is of {fit.Rows.Count} rows, the measurements have {workloads.Count}: fit them first (slm-calibrate fit)");
        var before = store.Files("fit", "priors.json").Select(PriorFile.Read).LastOrDefault();
        Console.Error.WriteLine($"{workloads.Count} rows: climbing the marginal likelihood");
        double? Believed(StepCoefficient coefficient, GroupLevel level) => before?.Believed(coefficient, level);
        var report = PriorChoice.Of(workloads, fit, Believed, FitOptions.Default);
        var nested = given.Of(Nested)
            ? NestedChoice.Run(workloads, fit, Believed, FitOptions.Default,
                (done, all) => Console.Error.WriteLine($"chosen without {done} of {all} publications")) : null;
        var files = string.Join(' ', measurements.Select(file => $"--measurements {Path.GetFileName(file)}"));
        AtomicFile.WriteAllText(target, PriorFile.Of(
            report, workloads.Count,
            $"slm-calibrate fit-priors {files}{(nested is null ? "" : " --nested")} --out {Path.GetFileName(target)}",
            DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), nested).ToJson());
        Console.Out.WriteLine(FormattableString.Invariant(
            $"log evidence {report.LogEvidence:F1} of the deviations in force, {report.BestLogEvidence:F1} of the best: {target}"));
        if (nested is not null)
            Console.Out.WriteLine(FormattableString.Invariant(
                $"chosen without each of {nested.Publications} publications: {nested.MeanError:P1} off, median {nested.MedianError:P1}"));
        foreach (var deviation in report.Deviations.OrderByDescending(deviation => Math.Abs(Math.Log(deviation.Best / deviation.InForce))))
            Console.Out.WriteLine(FormattableString.Invariant(
                $"  {deviation.Coefficient}, {deviation.Level}: {deviation.InForce:G2} in force, best {deviation.Best:G2} ({deviation.Groups} groups)"));
        return ExitCode.Done;
    }
}
