using System.Globalization;
using System.Net;
using System.Text.Json;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>A run against its plan. The numbers expected are worked out by hand from what the logs were made with.</summary>
public sealed class TrackTests
{
    private const double FinalHours = (TrackedLog.StartSeconds + TrackedLog.TotalSteps * TrackedLog.StepSeconds) / 3600;

    [Fact]
    public void A_run_as_planned_tells_its_end_and_its_bill()
    {
        var run = Track(new TrackedLog().Steps(1, 1000).Text, 0);
        Assert.Equal(1000, run.GetProperty("steps_done").GetInt32());
        Assert.Equal(1000.0 * 524288, run.GetProperty("tokens_done").GetDouble());
        Near(524288 / TrackedLog.StepSeconds, run.GetProperty("tokens_per_s"));
        Near((TrackedLog.StartSeconds + 1000 * TrackedLog.StepSeconds) / 3600 * TrackedLog.UsdPerHour, run.GetProperty("spent_usd"));
        Near(FinalHours * TrackedLog.UsdPerHour, run.GetProperty("final_cost_usd").GetProperty("median"));
        Ordered(run.GetProperty("final_cost_usd"));
        var finish = DateTime.Parse(run.GetProperty("finish").GetProperty("median").GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange((finish - new DateTime(2026, 2, 3, 10, 0, 0)).TotalHours, FinalHours * 0.995, FinalHours * 1.005);
        Assert.True(run.GetProperty("p_within_budget").GetDouble() > 0.99);
        Assert.True(run.GetProperty("p_within_deadline").GetDouble() > 0.99);
        Assert.Equal("continue", run.GetProperty("advice")[0].GetProperty("action").GetString());
    }

    [Fact]
    public void A_run_that_can_not_keep_its_budget_ends_with_5()
    {
        var run = Track(new TrackedLog().Steps(1, 1000).Text, 5, "--budget", "150");
        Assert.True(run.GetProperty("p_within_budget").GetDouble() < 0.01);
        Assert.Equal("stop", run.GetProperty("advice")[0].GetProperty("action").GetString());
        Assert.True(run.GetProperty("thresholds").EnumerateArray().All(threshold => threshold.GetProperty("forecast").GetBoolean()));
        Assert.False(run.GetProperty("thresholds")[0].GetProperty("spent").GetBoolean());
    }

    [Fact]
    public void The_loss_ends_where_its_curve_leads()
    {
        var loss = Track(new TrackedLog().Steps(1, 8000).Text, 0).GetProperty("final_loss");
        Assert.InRange(2 + 9 * Math.Pow(TrackedLog.TotalSteps, -0.3), loss.GetProperty("low").GetDouble(),
            loss.GetProperty("high").GetDouble());
    }

    /// <summary>
    /// The learned run had the same curve half a nat higher and steps 1.25 times as long; up to its end, since it was shorter.
    /// </summary>
    [Fact]
    public void A_run_stands_beside_one_that_was_learned()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "evidence.db");
        var learned = folder.Write("before.log", new TrackedLog().Steps(1, 600, factor: 1.25).Text.Replace("  loss: ", "  loss:",
            StringComparison.Ordinal));
        var lines = File.ReadAllLines(learned).Select(line => line.IndexOf("loss:", StringComparison.Ordinal) is > 0 and var at
            ? line[..(at + 5)] + " " + (double.Parse(line.AsSpan(at + 5, 8), CultureInfo.InvariantCulture) + 0.5)
                .ToString("0.00000", CultureInfo.InvariantCulture) + line[(at + 13)..] : line);
        File.WriteAllLines(learned, lines);
        Assert.Equal(0, CommandRun.Of("learn", learned, "--model", "gpt2", "--n-gpus", "8", "--evidence", store).ExitCode);
        using var reader = Data.Store.EvidenceStore.OpenToRead(store);
        var like = Track(new TrackedLog().Steps(1, 1000).Text, 0, "--like", reader.All()[0].ShortId, "--evidence", store)
            .GetProperty("like");
        Assert.Equal(600.0 * 524288, like.GetProperty("tokens").GetDouble());
        Assert.InRange(like.GetProperty("learned_loss").GetDouble() - like.GetProperty("loss").GetDouble(), 0.499, 0.501);
        Assert.InRange(like.GetProperty("tokens_per_s_per_gpu").GetDouble()
            / like.GetProperty("learned_tokens_per_s_per_gpu").GetDouble(), 1.24, 1.26);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    [InlineData(1e7)]
    public void A_clock_that_jumps_changes_no_figure(double shift)
    {
        var log = new TrackedLog().Steps(1, 500);
        log.Shift = shift;
        var run = Track(log.Steps(501, 1000).Text, 0);
        Near(FinalHours * TrackedLog.UsdPerHour, run.GetProperty("final_cost_usd").GetProperty("median"));
        Near((TrackedLog.StartSeconds + 1000 * TrackedLog.StepSeconds) / 3600 * TrackedLog.UsdPerHour, run.GetProperty("spent_usd"));
        Assert.Equal("clock_reset", Assert.Single(run.GetProperty("events").EnumerateArray()).GetProperty("kind").GetString());
    }

    /// <summary>
    /// Fifteen minutes down, then fifty steps again: 900 + 10 · 7 s to the first line printed, and 50 steps of 7 s done again.
    /// </summary>
    [Fact]
    public void An_interruption_costs_its_pause_and_what_is_done_again()
    {
        var log = new TrackedLog().Steps(1, 500).Pause(900).Line("Training starts at step 451").Steps(451, 1000);
        var happened = Assert.Single(Track(log.Text, 0).GetProperty("events").EnumerateArray());
        Assert.Equal("restart", happened.GetProperty("kind").GetString());
        Assert.InRange(happened.GetProperty("seconds").GetDouble(), 900 + 40 * 7, 900 + 60 * 7);
        Assert.Equal(happened.GetProperty("seconds").GetDouble() / 3600 * TrackedLog.UsdPerHour, happened.GetProperty("cost").GetDouble(),
            6);
    }

    /// <summary>From step 501 on steps take 11 % longer, and so do all that are left.</summary>
    [Fact]
    public void A_lasting_change_of_speed_moves_the_end()
    {
        var run = Track(new TrackedLog().Steps(1, 500).Steps(501, 1000, 1.11).Text, 0);
        var change = Assert.Single(run.GetProperty("events").EnumerateArray(), happened =>
            happened.GetProperty("kind").GetString() == "change");
        Assert.Equal(1.11, change.GetProperty("ratio").GetDouble(), 2);
        Assert.InRange(change.GetProperty("step").GetInt32(), 490, 530);
        var hours = (TrackedLog.StartSeconds + 500 * TrackedLog.StepSeconds + (TrackedLog.TotalSteps - 500) * TrackedLog.StepSeconds * 1.11)
            / 3600;
        Near(hours * TrackedLog.UsdPerHour, run.GetProperty("final_cost_usd").GetProperty("median"));
        Assert.Contains(run.GetProperty("advice").EnumerateArray(), advice =>
            advice.GetProperty("action").GetString() == "look_at_machine");
    }

    [Fact]
    public void Rows_of_cost_add_up_to_what_was_spent()
    {
        using var folder = new TemporaryFolder();
        var log = folder.Write("train.log", new TrackedLog().Steps(1, 20000).Text);
        var rows = CommandRun.Of("track", TrackedLog.Plan, log, "--format", "focus").Output.TrimEnd().Split('\n');
        Assert.StartsWith("BilledCost,EffectiveCost,", rows[0], StringComparison.Ordinal);
        var spent = (TrackedLog.StartSeconds + 20000 * TrackedLog.StepSeconds) / 3600 * TrackedLog.UsdPerHour;
        Assert.InRange(rows[1..].Sum(row => double.Parse(row.Split(',')[0], CultureInfo.InvariantCulture)), spent * 0.999, spent * 1.001);
        var csv = CommandRun.Of("track", TrackedLog.Plan, log, "--format", "csv").Output.TrimEnd().Split('\n');
        Assert.Equal("20000", csv[1].Split(',')[Array.IndexOf(csv[0].Split(','), "steps_done")]);
    }

    [Fact]
    public void Following_ends_with_the_run_and_says_each_alert_once()
    {
        using var folder = new TemporaryFolder();
        var log = folder.Write("train.log", new TrackedLog().Steps(1, TrackedLog.TotalSteps).Steps(TrackedLog.TotalSteps + 1, 38150).Text);
        var said = Path.Combine(folder.Path, "said");
        var run = CommandRun.Of("track", TrackedLog.Plan, log, "--follow", "--interval", "0.05", "--format", "json", "--budget", "250",
            "--alert-exec", $"echo $SLM_ALERT >> '{said}'");
        Assert.Equal(0, run.ExitCode);
        Assert.True(JsonDocument.Parse(Assert.Single(run.Output.TrimEnd().Split('\n'))).RootElement.GetProperty("done").GetBoolean());
        Assert.Equal(["spent-50%", "forecast-50%", "spent-75%", "forecast-75%"], File.ReadAllLines(said));
    }

    /// <summary>A step of 7 s against 7.09 s planned; sixty seconds of start are all that is beside steps.</summary>
    [Fact]
    public void Time_is_told_by_term_as_far_as_the_log_tells()
    {
        var terms = Track(new TrackedLog().Steps(1, 1000).Text, 0).GetProperty("terms").EnumerateArray().ToList();
        Assert.Equal(["step", "beside_steps"], terms.Select(term => term.GetProperty("term").GetString()));
        Near(TrackedLog.StepSeconds, terms[0].GetProperty("seconds"));
        Near(7.094, terms[0].GetProperty("planned_s"));
        Near(TrackedLog.StartSeconds, terms[1].GetProperty("seconds"));
    }

    /// <summary>DeepSpeed's timers: 4,800 ms of both passes, of which 300 ms exchange, and 250 ms of the optimizer.</summary>
    [Fact]
    public void Parts_of_a_step_that_the_program_times_stand_beside_the_plans_terms()
    {
        var text = string.Concat(Enumerable.Range(1, 40).Select(step =>
            $"[2026-02-03 10:{step / 10:00}:{step % 10 * 6:00},123] [INFO] [timer.py:264:stop] "
            + $"epoch=0/micro_step={step * 16}/global_step={step}, RunningAvgSamplesPerSec=93.0, CurrSamplesPerSec=93.09, "
            + $"MemAllocated=4.3GB, MaxMemAllocated=18.0GB\n"
            + $"[2026-02-03 10:{step / 10:00}:{step % 10 * 6:00},124] [INFO] [logging.py:96:log_dist] [Rank 0] time (ms) | fwd: 1600.00 "
            + $"| bwd: 3200.00 | bwd_inner: 2900.00 | bwd_allreduce: 300.00 | step: 250.00\n"));
        var terms = Track(text, 0).GetProperty("terms").EnumerateArray().ToDictionary(term => term.GetProperty("term").GetString()!);
        Near(512 / 93.09, terms["step"].GetProperty("seconds"));
        Near(4.5, terms["passes"].GetProperty("seconds"));
        Near(0.3, terms["gradient_exchange"].GetProperty("seconds"));
        Near(0.4966, terms["gradient_exchange"].GetProperty("planned_s"));
        Near(0.25, terms["optimizer"].GetProperty("seconds"));
        Near(0.2128, terms["optimizer"].GetProperty("planned_s"));
    }

    /// <summary>What was rotated away, packed or not, is of the run: its money was spent.</summary>
    [Fact]
    public void A_rotated_log_is_read_with_its_parts()
    {
        using var folder = new TemporaryFolder();
        var text = new TrackedLog().Steps(1, 1000).Text;
        var (first, second) = (Cut("step: 300"), Cut("step: 700"));
        File.WriteAllBytes(Path.Combine(folder.Path, "train.log.2.gz"),
            LogFixtures.Gzip(System.Text.Encoding.UTF8.GetBytes(text[..first])));
        folder.Write("train.log.1", text[first..second]);
        var log = folder.Write("train.log", text[second..]);
        var run = JsonDocument.Parse(CommandRun.Of("track", TrackedLog.Plan, log, "--format", "json").Output).RootElement;
        Near((TrackedLog.StartSeconds + 1000 * TrackedLog.StepSeconds) / 3600 * TrackedLog.UsdPerHour, run.GetProperty("spent_usd"));
        Assert.Empty(run.GetProperty("events").EnumerateArray());

        int Cut(string step) => text.IndexOf('\n', text.IndexOf(step, StringComparison.Ordinal)) + 1;
    }

    [Theory]
    [InlineData("zst")]
    [InlineData("xz")]
    public void A_packed_log_is_tracked(string ending)
    {
        var log = Path.Combine(LogFixtures.Folder, "packed", $"llm.c.log.{ending}");
        var run = JsonDocument.Parse(CommandRun.Of("track", TrackedLog.Plan, log, "--format", "json").Output).RootElement;
        Assert.Equal(50, run.GetProperty("steps_done").GetInt32());
    }

    [Fact]
    public async Task An_alert_is_posted_with_the_report()
    {
        using var server = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/hook/";
        server.Prefixes.Add(address);
        server.Start();
        var posted = new List<(string? Alert, string? Type, JsonElement Report)>();
        var answering = Task.Run(
            () =>
            {
                for (var times = 0; times < 6; times++)
                {
                    var context = server.GetContext();
                    posted.Add((context.Request.Headers["X-Slm-Alert"], context.Request.ContentType,
                        JsonDocument.Parse(context.Request.InputStream).RootElement));
                    context.Response.StatusCode = times == 0 ? 500 : 204;
                    context.Response.Close();
                }
            },
            TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        var log = folder.Write("train.log", new TrackedLog().Steps(1, 15000).Text);
        var run = CommandRun.Of("track", TrackedLog.Plan, log, "--budget", "150", "--webhook", address);
        await answering;
        Assert.Equal(5, run.ExitCode);
        Assert.Equal(["spent-50%", "forecast-50%", "forecast-75%", "forecast-90%", "forecast-100%", "forecast-breaks-plan"],
            posted.Select(one => one.Alert));
        Assert.All(posted, one => Assert.Equal("application/json", one.Type));
        Assert.All(posted, one => Assert.True(one.Report.GetProperty("breaks_plan").GetBoolean()));
        Assert.Contains("--webhook answered 500", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_that_can_not_be_told_stops_nothing()
    {
        using var folder = new TemporaryFolder();
        var log = folder.Write("train.log", new TrackedLog().Steps(1, 15000).Text);
        var run = CommandRun.Of("track", TrackedLog.Plan, log, "--budget", "150", "--webhook", $"http://127.0.0.1:{FreePort()}/",
            "--alert-exec", "exit 3");
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("warning: --webhook", run.Errors, StringComparison.Ordinal);
        Assert.Contains("warning: --alert-exec ended with 3", run.Errors, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [Theory]
    [InlineData("nothing of a log\n", "no line of a training log")]
    [InlineData("", "is empty")]
    public void A_log_that_is_none_is_refused(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var run = CommandRun.Of("track", TrackedLog.Plan, folder.Write("train.log", text));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    private static JsonElement Track(string log, int exitCode, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var run = CommandRun.Of(["track", TrackedLog.Plan, folder.Write("train.log", log), "--format", "json", .. options]);
        Assert.Equal(exitCode, run.ExitCode);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static void Near(double expected, JsonElement value) => Assert.InRange(value.GetDouble(), expected * 0.995, expected * 1.005);

    private static void Ordered(JsonElement band)
    {
        Assert.True(band.GetProperty("low").GetDouble() < band.GetProperty("median").GetDouble());
        Assert.True(band.GetProperty("median").GetDouble() < band.GetProperty("high").GetDouble());
    }
}
