using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Data.Logs;
using SlmPlanner.Data.Logs.Sources;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Tracking;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Presentation.Runs;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan track</c>: a run against its plan, from the log that it writes.</summary>
internal sealed class TrackCommand
{
    private static readonly CommandArgument Plan = new("PLAN", "a plan.json that 'slm-plan plan --out' wrote");
    private static readonly CommandArgument Log = new("LOG", "the run's log: a file, a folder of event files or an address");

    private static readonly CommandOption<bool> Follow = CommandOption.Flag("follow", "go on reading until the run ends or Ctrl-C");

    private static readonly CommandOption<double> Interval = CommandOption.OrElse(
        "interval", Values.Number("SECONDS").Within(0.05, 86_400), 10, "seconds between two looks at the log when following");

    private static readonly CommandOption<double?> Budget = CommandOption.Optional("budget", Amounts.Usd,
        "budget, where it is not the plan's") with
    {
        Group = OptionGroup.Limits, Example = "2000",
    };

    private static readonly CommandOption<double?> Deadline = CommandOption.Optional(
        "deadline", Amounts.Duration, "time from the start, where it is not the plan's") with { Group = OptionGroup.Limits,
            Example = "3d" };

    private static readonly CommandOption<string?> AlertExec = CommandOption.Text(
        "alert-exec", "COMMAND", "run at 50, 75, 90 and 100 % of the budget, spent and forecast, and when the forecast breaks the plan; "
        + "which it is stands in SLM_ALERT, the report on its standard input") with
    {
        Group = OptionGroup.Output, Example = "mail -s $SLM_ALERT me",
    };

    private static readonly CommandOption<string?> Webhook = CommandOption.Text("webhook", "URL",
        "the same as a POST of the report in JSON") with
    {
        Group = OptionGroup.Output, Example = "https://example.org/hook",
    };

    private static readonly CommandOption<string?> Like = CommandOption.Text(
        "like", "ID", "a learned run to stand beside: its loss at the same tokens, and its speed ('evidence list' shows the ids)") with
    {
        Group = OptionGroup.Data, Example = "3fa1c2",
    };

    private static readonly CommandOption<TrackFormat> Format = CommandOption.OrElse(
        "format", Values.Choice<TrackFormat>(), TrackFormat.Table, "what to print") with { Group = OptionGroup.Output };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "track", "Hold a run against its plan: progress, finish and final bill with their intervals, what to do. Exit code 5: the "
            + "forecast breaks the plan.")
    {
        Arguments = [Plan, Log],
        Options = [Follow, Interval, Budget, Deadline, .. LearnOptions.Facts, LearnOptions.Map, Like, EvidenceOptions.Store, AlertExec,
            Webhook, Format, .. DataOptions.All],
        Examples =
        [
            "slm-plan track out/plan.json train.log",
            "slm-plan track out/plan.json train.log --follow",
            "slm-plan track out/plan.json train.log --format focus",
            "slm-plan track out/plan.json train.log --like 3fa1c2",
        ],
    }.DoneBy<TrackCommand>((command, given) => Track(given));

    private static int Track(Given given)
    {
        var tracked = TrackedPlan.Of(PlanJson.ReadFile(given.Of(Plan)!), given.Of(Budget), given.Of(Deadline));
        var like = LearnedLike.Read(given.Of(Like), EvidencePath.ToRead(given));
        var run = new TrackedRun(tracked, LearnOptions.Read(given), given.Of(LearnOptions.GlobalBatch));
        var alerts = new Alerts(given.Of(AlertExec), given.Of(Webhook));
        var path = given.Of(Log)!;
        if (!given.Of(Follow))
        {
            var places = RunFolder.Runs([path]);
            if (places.Count > 1)
                throw new InputException($"{path} holds the logs of {places.Count} runs: name one");
            using var read = new GrowingLog(places[0][0], LearnOptions.Mapped(given));
            var progress = run.Progress(
                places[0].Count == 1 ? read.Look(isLast: true) : new RunReader(LearnOptions.Mapped(given)).Read(places[0]));
            Print(given, tracked, progress, like, inOneLine: false);
            alerts.Say(Report(given, tracked, progress, like));
            return progress.BreaksPlan ? ExitCode.ForecastBreaksPlan : ExitCode.Done;
        }
        return Followed(given, run, tracked, alerts, path, like);
    }

    private static int Followed(Given given, TrackedRun run, TrackedPlan tracked, Alerts alerts, string path, LearnedLike? like)
    {
        using var interrupt = new Interrupt();
        using var log = new GrowingLog(path, LearnOptions.Mapped(given));
        var (steps, breaks) = (-1, false);
        while (true)
        {
            var isLast = interrupt.Token.IsCancellationRequested;
            var logged = log.Look(isLast);
            if (logged.Log is { Steps.Count: > 1 } read && read.PrintedSteps != steps)
            {
                steps = read.PrintedSteps;
                var progress = run.Progress(logged);
                Print(given, tracked, progress, like, inOneLine: true);
                alerts.Say(Report(given, tracked, progress, like));
                breaks = progress.BreaksPlan;
                isLast |= progress.IsDone;
            }
            if (isLast)
                return breaks ? ExitCode.ForecastBreaksPlan : ExitCode.Done;
            interrupt.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(given.Of(Interval)));
        }
    }

    private static TrackReport Report(Given given, TrackedPlan tracked, RunProgress progress, LearnedLike? like) =>
        TrackReport.Of(progress, tracked.Plan.PlanId, Path.GetFileName(given.Of(Log)!.TrimEnd('/'))) with
        {
            Like = like?.Beside(progress, tracked.Plan.Gpus),
        };

    private static void Print(Given given, TrackedPlan tracked, RunProgress progress, LearnedLike? like, bool inOneLine)
    {
        var report = Report(given, tracked, progress, like);
        Console.Out.Write(given.Of(Format) switch
        {
            TrackFormat.Json => TrackOutput.Json(report, inOneLine) + "\n",
            TrackFormat.Csv => TrackOutput.Csv(report),
            TrackFormat.Focus => FocusRows.Write(report, tracked.Plan, progress.Began),
            _ => TrackOutput.Text(report) + (inOneLine ? "\n" : ""),
        });
        Console.Out.Flush();
    }
}
