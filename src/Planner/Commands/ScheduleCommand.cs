using System.Globalization;
using System.Text.Json;
using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Scheduling;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Files;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Reporting.Charts;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Planner.Scheduling;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan schedule</c>: which of several jobs to train on machines one has, and when.</summary>
internal sealed class ScheduleCommand(IAnsiConsole console, TimeProvider clock)
{
    private const double MostDays = 3650;

    /// <summary>Predicts every job on every number of devices, schedules them and prints the schedule.</summary>
    [Command("schedule", Description = "Schedule several training jobs on a fleet: which fit, in which order, until when.")]
    public int Schedule(
        [Option("fleet", Description = "devices that you have, for example 16xA100-80GB")] string fleet,
        [Option("jobs", Description = "file of jobs (JSON): name, model, tokens and, if you like, value, global_batch, seq_len")] string jobs,
        CommonOptions common,
        [Option("days", Description = "time at hand in days")] double days = 30,
        [Option("gpus-per-node", Description = "devices per machine")] int gpusPerNode = 8,
        [Option("network", Description = "network of one machine, Gbit/s")] double network = 100,
        [Option("confidence", Description = "probability with which each job ends in its time; 0.5 takes the median")] string confidence = "0.5",
        [Option("seed", Description = "seed of the solver")] int seed = 1,
        [Option(Description = "folder to write the schedule (JSON) and its chart into")] string? @out = null,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var machines = Fleet.Parse(fleet, gpusPerNode);
        if (!(days > 0 && days <= MostDays))
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--days is {days}, allowed above 0 to {MostDays}"));
        var entries = JobsFile.Read(jobs);
        var problem = State(machines, entries, Math.Max(1, (int)(days * 24 * 60)), network, confidence, common);
        var report = ScheduleReport.Of(machines, problem, new CpSatScheduler(seed).Solve(problem));
        if (@out is not null)
            AtomicFolder.Write(@out, Files(report));
        Print(report, format);
        return ExitCode.Done;
    }

    private ScheduleProblem State(Fleet fleet, IReadOnlyList<JobEntry> entries, int horizonMinutes, double network, string confidence, CommonOptions common)
    {
        var store = common.OpenProfiles();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().DateTime);
        var bench = Workbench.Open(store, store.Offers, PlannerSettings.From(common.LoadSettings()), today);
        var device = bench.Devices.Find(fleet.Gpu);
        var inputs = bench.Inputs with { Offers = FleetOffers.Of(fleet, device, network, 1, today) };
        var jobs = entries.Select(entry =>
            new Job(entry.Name, entry.Value, JobTimes.Of(JobsFile.Request(entry, fleet.Gpus, confidence, bench.Requests), inputs)));
        return new(fleet.Nodes, fleet.GpusPerNode, horizonMinutes, [.. jobs]);
    }

    private static IEnumerable<FolderFile> Files(ScheduleReport report)
    {
        yield return FolderFile.Text("schedule.json", Json(report) + "\n");
        if (ScheduleChart.Of(report) is not { } chart)
            yield break;
        yield return new("schedule.png", ChartRenderer.Png(chart, ChartSize.Picture));
        yield return FolderFile.Text("schedule.svg", ChartRenderer.Svg(chart, ChartSize.Picture));
    }

    private static string Json(ScheduleReport report) => JsonSerializer.Serialize(report, SchedulingJson.Default.ScheduleReport);

    private void Print(ScheduleReport report, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Console.Out.WriteLine(Json(report));
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
