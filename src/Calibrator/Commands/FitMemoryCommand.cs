using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate fit-memory</c>: fits the memory model to peaks and verdicts that exist.</summary>
internal sealed class FitMemoryCommand(TimeProvider clock)
{
    private const double Gib = 1L << 30;

    private static readonly CommandOption<IReadOnlyList<string>> Rows = CommandOption.Repeated(
        "rows", Values.Text("FILE"), "rows that tell a peak, or whether a run fitted (CSV with the columns of measured.csv and fits)") with
    {
        IsRequired = true,
        Example = "measured.csv",
    };

    private static readonly CommandOption<string?> Profiles = CommandOption.Text(
        "profiles", "FOLDER", "your own profiles, over the shipped ones") with
    {
        Example = "my-profiles",
    };

    private static readonly CommandOption<string> Out = CommandOption.Needed("out", Values.Text("FILE"), "file to write (JSON)") with
    {
        Group = OptionGroup.Output,
        Example = "memory.json",
    };

    private static readonly CommandOption<string?> Residuals = CommandOption.Text(
        "residuals", "FILE", "file to write each left-out row to (CSV)") with
    {
        Group = OptionGroup.Output,
        Example = "residuals.csv",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "fit-memory", "Fit the memory model to peaks, and to runs that fitted or ran out of memory, and write fit/memory.json.")
    {
        Options = [Rows, Profiles, Out, Residuals],
        Examples = ["slm-calibrate fit-memory --rows measured.csv --rows memory_reports.csv --out memory.json"],
    }.DoneBy<FitMemoryCommand>((command, given) => command.FitMemory(given));

    /// <summary>Fits the rows of all files together, and without each source, and writes what it found.</summary>
    private int FitMemory(Given given)
    {
        var (rows, target) = (given.Of(Rows), given.Of(Out));
        var shipped = Path.Combine(AppContext.BaseDirectory, "profiles");
        var store = given.Of(Profiles) is { } own ? ProfileStore.Open(shipped, own) : ProfileStore.Open(shipped);
        var seen = new PeakObservations(store.Datasheets, store.Stacks, store.Memory, Publications.Read(store))
            .Of(rows.SelectMany(MeasurementCsv.Read));
        var report = new MemoryLeaveOut(store.Stacks).Run(seen);
        var files = string.Join(' ', rows.Select(file => $"--rows {Path.GetFileName(file)}"));
        var command = $"slm-calibrate fit-memory {files} --out {Path.GetFileName(target)}";
        AtomicFile.WriteAllText(target, MemoryFitFile.Of(report, command, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).ToJson());
        if (given.Of(Residuals) is { } residuals)
            AtomicFile.WriteAllText(
                residuals, "id,source,predicted_gib,measured_gib,fits_probability,ran\n" + string.Concat(report.Rows.Select(Line)));
        foreach (var accuracy in (MemoryAccuracy[])[report.Named, report.Unnamed])
            Console.Out.WriteLine(FormattableString.Invariant(
                $"{accuracy.Question}, source left out: {accuracy.Peaks} peaks with a mean error of {accuracy.MeanPeakError:P1}; ")
                + FormattableString.Invariant(
                    $"{accuracy.Verdicts} verdicts, {accuracy.SureShare:P0} sure, {accuracy.SureRight:P0} of those right, Brier {accuracy.Brier:F3}"));
        return ExitCode.Done;
    }

    private static string Line(LeftOutRow row) =>
        FormattableString.Invariant($"{row.Id},\"{row.Source.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{row.PredictedBytes / Gib:F2},{row.MeasuredBytes / Gib:F2},")
        + FormattableString.Invariant($"{row.FitsProbability:F3},{(row.Ran ? "yes" : "no")}\n");
}
