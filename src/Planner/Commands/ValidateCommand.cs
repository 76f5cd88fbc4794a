using Cocona;
using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Economics;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Reporting;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan validate</c>: how good predictions are on rows that the fit has not seen.</summary>
internal sealed class ValidateCommand(IAnsiConsole console)
{
    private const string CommittedFile = "accuracy.json";

    /// <summary>Refits without each group in turn, or takes the committed figures, and prints the accuracy table.</summary>
    [Command("validate", Description = "Leave groups of measured rows out, refit, predict them, and print the errors beside the naive rule's; then those of memory and of the expected loss.")]
    public int Validate(
        CommonOptions common,
        [Option(Description = "exit with 4 when an error is worse than the committed figures")] bool check = false,
        [Option(Description = "print the committed figures of time without refitting")] bool committed = false,
        [Option(Description = "what to leave out: model, width, gpu-count, source, source-but-one, stack, stack-unnamed, stack-but-one, handful, device; may be repeated; all when not given")] string[]? leave = null,
        [Option(Description = "file to write the figures to (JSON), to be committed")] string? @out = null,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var store = common.OpenProfiles();
        if (committed && (check || leave is { Length: > 0 } || @out is not null))
            throw new Core.InputException("--committed refits nothing: allowed without --check, --leave and --out");
        var report = committed ? AccuracyFile.Read(Committed(store)) : Refitted(store, leave);
        Finding[] worse = [.. check ? Worse(report, store) : []];
        var memory = Memory(store);
        ListingOutput.Print(
            [AccuracyTable.Of(report), MemoryErrorTable.Of(memory), LossErrorTable.Of(ScalingLawFile.Read(store.RootOf("loss")), EndPoints(store))],
            format, console, Console.Out, [.. memory.Findings().Where(finding => finding.Id == "memory-fits"), .. worse]);
        if (@out is not null)
            AtomicFile.WriteAllText(@out, AccuracyFile.Text(report));
        return worse.Length > 0 ? ExitCode.AccuracyCheckFailed : ExitCode.Done;
    }

    private static AccuracyReport Refitted(ProfileStore store, string[]? leave)
    {
        var (workloads, _) = Measured(store);
        var schemes = leave is { Length: > 0 } ? [.. leave.Select(Scheme)] : Enum.GetValues<LeaveOut>();
        var full = PerformanceFiles.Read(store).Published;
        return ValidationRun.Run(workloads, full, schemes, FitOptions.Default, Words(leave),
            scheme => Console.Error.WriteLine($"measured: leaving out {AccuracyTable.Name(scheme)}"), CancellationToken.None);
    }

    private static (IReadOnlyList<Workload> Workloads, IReadOnlyList<RejectedRow> Rejected) Measured(ProfileStore store) =>
        MeasurementSelection.Select(
            store.Files("validation", "measured*.csv").SelectMany(MeasurementCsv.Read),
            new WorkloadResolver(store.Devices, StackFiles.Read(store), Publications.Read(store)),
            Exclusions.Read(store.Files("validation", "exclusions.csv") is [.., var excluded] ? excluded : ""),
            FitOptions.Default);

    private static MemoryCheck Memory(ProfileStore store) => MemoryCheck.Of(
        store.Files("validation", "measured*.csv").SelectMany(MeasurementCsv.Read),
        new WorkloadResolver(store.Devices, StackFiles.Read(store), Publications.Read(store)), store.Devices, new RowMemory(store.MemoryStacks));

    private static IReadOnlyList<LossEndPoint> EndPoints(ProfileStore store) =>
        LossEndPointFile.Read(store.RootOf(Path.Combine("validation", "loss_endpoints.csv")));

    private static IEnumerable<Finding> Worse(AccuracyReport report, ProfileStore store) =>
        report.WorseThan(AccuracyFile.Read(Committed(store))).Select(sentence => new Finding(Severity.Error, "accuracy-worse", sentence));

    private static string Committed(ProfileStore store) => store.Files("validation", CommittedFile) is [.., var last] ? last
        : throw new Core.InputException($"no {CommittedFile} in the profiles: write it with --out first");

    private static LeaveOut Scheme(string word) => Enum.TryParse<LeaveOut>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var scheme)
        && !int.TryParse(word, out _)
        ? scheme
        : throw new Core.InputException($"--leave '{word}' is unknown; allowed model, width, gpu-count, source, source-but-one, stack, stack-unnamed, stack-but-one, handful, device");

    private static string Words(string[]? leave) =>
        $"slm-plan validate{string.Concat((leave ?? []).Select(word => $" --leave {word}"))}";
}
