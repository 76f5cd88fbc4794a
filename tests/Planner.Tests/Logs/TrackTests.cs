using System.Globalization;
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
        var hours = (TrackedLog.StartSeconds + 500 * TrackedLog.StepSeconds + (TrackedLog.TotalSteps - 500) * TrackedLog.StepSeconds * 1.11) / 3600;
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
