using Cocona;
using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Economics;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.Accuracy;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan validate</c>: how good predictions are on rows that the fit has not seen.</summary>
internal sealed class ValidateCommand(IAnsiConsole console)
{
    private const string CommittedFile = "accuracy.json";

    private static readonly CommandOption<bool> Check = CommandOption.Flag(
        "check", "exit with 4 when an error is worse than the committed figures");

    private static readonly CommandOption<bool> Committed = CommandOption.Flag(
        "committed", "print the committed figures of time without refitting");

    private static readonly CommandOption<IReadOnlyList<LeaveOut>> Leave = CommandOption.Repeated(
        "leave", Values.Choice<LeaveOut>() with { Word = "GROUP" }, "what to leave out") with
    {
        Example = "model", Default = "all",
    };

    private static readonly CommandOption<string?> Out = CommandOption.Text(
        "out", "FILE", "file to write the figures to (JSON), to be committed") with
    {
        Group = OptionGroup.Output, Example = "accuracy.json",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "validate",
        "Leave groups of measured rows out, refit, predict them, and print the errors beside the naive rule's; "
        + "then those of memory and of the expected loss.")
    {
        Options = [Check, Committed, Leave, Out, OutputOptions.Format, .. DataOptions.Predicting],
        Examples = ["slm-plan validate --committed", "slm-plan validate --leave gpu-count --leave source"],
    }.DoneBy<ValidateCommand>((command, given) => command.Validate(given));

    /// <summary>Refits without each group in turn, or takes the committed figures, and prints the accuracy table.</summary>
    private int Validate(Given given)
    {
        var (check, committed, leave, file) = (given.Of(Check), given.Of(Committed), given.Of(Leave), given.Of(Out));
        var store = DataOptions.OpenProfiles(given);
        if (committed && (check || leave.Count > 0 || file is not null))
            throw new Core.InputException("--committed refits nothing: allowed without --check, --leave and --out");
        var report = committed ? AccuracyFile.Read(CommittedPath(store)) : Refitted(store, leave, ValidatedEvidence(given, store));
        Finding[] worse = [.. check ? Worse(report, store) : []];
        var memory = Memory(store);
        var (verdicts, learned) = MemoryVerdicts.Of(store, committed);
        var laws = LossLaws.Read(store);
        ListingOutput.Print(
            [AccuracyTable.Of(report), MemoryErrorTable.Of(memory),
                MemoryVerdictTable.Of(verdicts), MemoryVerdictTable.Reliability(verdicts), MemoryVerdictTable.Learned(learned),
                .. laws.All.Select(law => LossErrorTable.Of(law, LossValidation.Errors(law, EndPoints(store))))],
            given.Of(OutputOptions.Format), console, Console.Out,
            [.. memory.Findings().Where(finding => finding.Id == "memory-fits"), .. worse]);
        if (file is not null)
            AtomicFile.WriteAllText(file, AccuracyFile.Text(report));
        return worse.Length > 0 ? ExitCode.AccuracyCheckFailed : ExitCode.Done;
    }

    /// <summary>Learned runs take part only where they are asked for: the committed figures are of the shipped rows.</summary>
    private static OwnEvidence ValidatedEvidence(Given given, ProfileStore store) =>
        given.Has(EvidenceOptions.Store) ? DataOptions.OpenEvidence(given, store) : OwnEvidence.None;

    private static AccuracyReport Refitted(ProfileStore store, IReadOnlyList<LeaveOut> leave, OwnEvidence own)
    {
        var (shipped, _) = ShippedRows.Read(store);
        Workload[] workloads = [.. shipped, .. own.Workloads];
        var schemes = leave.Count > 0 ? [.. leave] : Enum.GetValues<LeaveOut>();
        var full = PerformanceFiles.Read(store).Published;
        return ValidationRun.Run(workloads, ShippedRows.NeverFitted(store), full, schemes, FitOptions.Default, Words(leave),
            scheme => Console.Error.WriteLine($"measured: leaving out {FitFindingWords.Of(scheme)}"), CancellationToken.None);
    }

    private static MemoryCheck Memory(ProfileStore store)
    {
        var publications = Publications.Read(store);
        var seen = new PeakObservations(store.Datasheets, store.Stacks, store.Memory, publications);
        return MemoryCheck.Of(
            store.Files("validation", "measured*.csv").SelectMany(MeasurementCsv.Read),
            new WorkloadResolver(store.Datasheets, store.Stacks, publications), store.Datasheets, new RowMemory(store.Memory)) with
        {
            Split = SplitPeaks.Of(seen.Of(store.Files("validation", "parallel.csv").SelectMany(MeasurementCsv.Read)), store.Memory),
        };
    }

    private static IReadOnlyList<LossEndPoint> EndPoints(ProfileStore store) =>
        LossEndPointFile.Read(store.RootOf(Path.Combine("validation", "loss_endpoints.csv")));

    private static IEnumerable<Finding> Worse(AccuracyReport report, ProfileStore store) =>
        report.WorseThan(AccuracyFile.Read(CommittedPath(store)));

    private static string CommittedPath(ProfileStore store) => store.Files("validation", CommittedFile) is [.., var last] ? last
        : throw new Core.InputException($"no {CommittedFile} in the profiles: write it with --out first");

    private static string Words(IReadOnlyList<LeaveOut> leave) =>
        $"slm-plan validate{string.Concat(leave.Select(scheme => $" --leave {DeclaredName.Of(scheme).Replace('_', '-')}"))}";
}
