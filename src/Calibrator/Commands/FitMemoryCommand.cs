using Cocona;
using SlmPlanner.Core.Calibration;
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

    /// <summary>Fits the rows of all files together, and without each source, and writes what it found.</summary>
    [Command("fit-memory", Description = "Fit the memory model to rows that tell a peak, or whether a run fitted (CSV with the columns of measured.csv and fits), and write fit/memory.json.")]
    public int FitMemory(
        [Option(Description = "files of rows; may be repeated")] string[] rows,
        [Option(Description = "file to write (JSON)")] string @out,
        [Option(Description = "folder of your own profiles, over the shipped ones")] string? profiles = null,
        [Option(Description = "file to write each left-out row to (CSV)")] string? residuals = null)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "profiles");
        var store = profiles is null ? ProfileStore.Open(shipped) : ProfileStore.Open(shipped, profiles);
        var seen = new PeakObservations(store.Devices, StackFiles.Read(store), store.Memory).Of(rows.SelectMany(MeasurementCsv.Read));
        var report = new MemoryLeaveOut(store.Memory.Stacks).Run(seen);
        var command = $"slm-calibrate fit-memory {string.Join(' ', rows.Select(file => $"--rows {Path.GetFileName(file)}"))} --out {Path.GetFileName(@out)}";
        AtomicFile.WriteAllText(@out, MemoryFitFile.Of(report, command, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).ToJson());
        if (residuals is not null)
            AtomicFile.WriteAllText(residuals, "id,source,predicted_gib,measured_gib,fits_probability,ran\n" + string.Concat(report.Rows.Select(Line)));
        foreach (var accuracy in (MemoryAccuracy[])[report.Named, report.Unnamed])
            Console.Out.WriteLine(FormattableString.Invariant($"{accuracy.Question}, source left out: {accuracy.Peaks} peaks with a mean error of {accuracy.MeanPeakError:P1}; {accuracy.Verdicts} verdicts, {accuracy.SureShare:P0} sure, {accuracy.SureRight:P0} of those right, Brier {accuracy.Brier:F3}"));
        return ExitCode.Done;
    }

    private static string Line(LeftOutRow row) =>
        FormattableString.Invariant($"{row.Id},\"{row.Source}\",{row.PredictedBytes / Gib:F2},{row.MeasuredBytes / Gib:F2},{row.FitsProbability:F3},{(row.Ran ? "yes" : "no")}\n");
}
