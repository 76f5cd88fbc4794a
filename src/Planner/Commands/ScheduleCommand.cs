using System.Globalization;
using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;

using SlmPlanner.Core.Planning.Scheduling;
using SlmPlanner.Data.Files;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Scheduling;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Schedules;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan schedule</c>: which of several jobs to train on machines one has, and when.</summary>
internal sealed class ScheduleCommand(IAnsiConsole console, TimeProvider clock)
{
    private const double MostDays = 3650;

    private static readonly CommandOption<string> FleetOption = CommandOption.Needed(
        "fleet", Values.Text("COUNTxGPU"), "devices that you have") with
    {
        Group = OptionGroup.Hardware, Example = "16xA100-80GB",
    };

    private static readonly CommandOption<int> GpusPerNode = CommandOption.OrElse(
        "gpus-per-node", Values.Whole("COUNT"), 8, "devices per machine") with
    {
        Group = OptionGroup.Hardware,
    };

    private static readonly CommandOption<double> Network = CommandOption.OrElse(
        "network", Values.Number("GBIT/S"), 100, "network of one machine") with
    {
        Group = OptionGroup.Hardware,
    };

    private static readonly CommandOption<string> Jobs = CommandOption.Needed(
        "jobs", Values.Text("FILE"), "jobs (JSON): name, model, tokens and, if you like, value, global_batch, seq_len") with
    {
        Group = OptionGroup.What, Example = "jobs.json",
    };

    private static readonly CommandOption<double> Days = CommandOption.OrElse(
        "days", Values.Number("DAYS").Within(0.001, MostDays), 30, "time at hand") with
    {
        Group = OptionGroup.Limits,
    };

    private static readonly CommandOption<double> Confidence = CommandOption.OrElse(
        RequestOptions.Confidence.Name, Values.Number(RequestOptions.Confidence.ValueWord).Within(RequestRanges.Confidence), 0.5,
        "probability with which each job ends in its time; 0.5 takes the median") with { Group = OptionGroup.Limits };

    private static readonly CommandOption<int> Seed = OutputOptions.Seed with { Help = "seed of the solver" };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "schedule", "Schedule several training jobs on a fleet: which fit, in which order, until when.")
    {
        Options = [Jobs, Days, Confidence, FleetOption, GpusPerNode, Network,
            OutputOptions.Folder with { Help = "folder to write the schedule (JSON) and its chart into" }, Seed, OutputOptions.Format,
            .. DataOptions.Predicting],
        Examples = ["slm-plan schedule --fleet 16xA100-80GB --jobs jobs.json --days 14"],
    }.DoneBy<ScheduleCommand>((command, given) => command.Schedule(given));

    /// <summary>Predicts every job on every number of devices, schedules them and prints the schedule.</summary>
    private int Schedule(Given given)
    {
        var machines = Fleet.Parse(given.Of(FleetOption), given.Of(GpusPerNode));
        var problem = State(machines, JobsFile.Read(given.Of(Jobs)), given);
        var report = ScheduleReport.Of(machines, problem, new CpSatScheduler(given.Of(Seed)).Solve(problem));
        if (given.Of(OutputOptions.Folder) is { } folder)
            AtomicFolder.Write(folder, Files(report));
        Print(report, given.Of(OutputOptions.Format));
        return ExitCode.Done;
    }

    private ScheduleProblem State(Fleet fleet, IReadOnlyList<JobEntry> entries, Given given)
    {
        var bench = DataOptions.OpenBench(given, clock);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().DateTime);
        var horizonMinutes = Math.Max(1, (int)(given.Of(Days) * 24 * 60));
        var device = bench.Devices.Find(fleet.Gpu);
        var inputs = bench.Inputs with { Offers = FleetOffers.Of(fleet, device, given.Of(Network), 1, today) };
        var jobs = entries.Select(entry =>
            new Job(entry.Name, entry.Value,
                JobTimes.Of(JobsFile.Request(entry, fleet.Gpus, given.Of(Confidence), bench.Requests), inputs)));
        return new(fleet.Nodes, fleet.GpusPerNode, horizonMinutes, [.. jobs]);
    }

    private static IEnumerable<FolderFile> Files(ScheduleReport report)
    {
        yield return FolderFile.Text("schedule.json", ScheduleJson.Write(report) + "\n");
        if (ScheduleChart.Of(report) is not { } chart)
            yield break;
        yield return new("schedule.png", ChartRenderer.Png(chart, ChartSize.Picture));
        yield return FolderFile.Text("schedule.svg", ChartRenderer.Svg(chart, ChartSize.Picture));
    }

    private void Print(ScheduleReport report, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Console.Out.WriteLine(ScheduleJson.Write(report));
            return;
        }

        var listing = new Listing<ScheduleRow>("jobs", $"Schedule on {report.Fleet}", report.Jobs,
            new ListingColumn<ScheduleRow>("job", "Job", row => row.Job),
            new("gpus", "Devices", row => row.Gpus, IsNumber: true),
            new("machines", "Machines", row => string.Join(' ', row.Machines)),
            new("start_h", "Start, h", row => row.StartH, row => Hours(row.StartH), IsNumber: true),
            new("end_h", "End, h", row => row.EndH, row => Hours(row.EndH), IsNumber: true),
            new("left_out_for", "Left out, since", row => row.LeftOutFor ?? Readable.Missing));
        ListingOutput.Print(listing, format, console, Console.Out, report.Findings);
    }

    private static string Hours(double? hours) => hours?.ToString("N1", CultureInfo.InvariantCulture) ?? "–";
}
