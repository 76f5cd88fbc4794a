using System.Text.Json;

namespace SlmPlanner.Planner.Tests.Commands;

public sealed class PlanCommandTests
{
    private static readonly string[] Asked = ["plan", "--model", "slm-1b", "--tokens", "20B"];

    [Fact]
    public void A_feasible_plan_exits_0_with_one_json_document_on_standard_output()
    {
        var run = CommandRun.Of([.. Asked, "--budget", "2,000", "--format", "json"]);
        Assert.Equal(0, run.ExitCode);
        using var plan = JsonDocument.Parse(run.Output);
        var best = plan.RootElement.GetProperty("recommendation");
        Assert.True(best.GetProperty("cost_usd").GetDouble() <= 2000);
        Assert.True(best.GetProperty("budget_kept_probability").GetDouble() >= 0.9);
        Assert.Equal("balanced", plan.RootElement.GetProperty("request").GetProperty("objective").GetString());
    }

    [Fact]
    public void A_candidate_carries_the_keys_that_others_rely_on()
    {
        var run = CommandRun.Of([.. Asked, "--budget", "2000", "--format", "json"]);
        using var plan = JsonDocument.Parse(run.Output);
        var best = plan.RootElement.GetProperty("recommendation");
        string[] keys =
        [
            "provider", "instance_type", "region", "gpu", "gpus_per_node", "nodes", "gpus", "parallelism", "micro_batch", "grad_accum",
            "seq_len",
            "precision", "attention", "recomputation", "compile", "tokens_per_s", "tokens_per_s_low", "tokens_per_s_high", "step_time_s",
            "mfu",
            "peak_memory_bytes", "hours", "cost_usd", "cost_usd_low", "cost_usd_high", "tokens_per_usd", "expected_loss", "breakdown",
        ];
        Assert.All(keys, key => Assert.True(best.TryGetProperty(key, out _), key));
    }

    [Fact]
    public void Three_answers_stand_first_and_the_recommendation_is_one_of_them()
    {
        using var plan = JsonDocument.Parse(CommandRun.Of([.. Asked, "--budget", "2000", "--format", "json"]).Output);
        var answers = plan.RootElement.GetProperty("answers").EnumerateArray().ToList();
        Assert.Equal(["cheapest", "balanced", "fastest"], answers.Select(answer => answer.GetProperty("role").GetString()));
        var marked = answers.Single(answer => answer.GetProperty("recommended").GetBoolean());
        Assert.Equal("balanced", marked.GetProperty("role").GetString());
        Assert.True(JsonElement.DeepEquals(plan.RootElement.GetProperty("recommendation"), marked.GetProperty("candidate")));
        Assert.All(answers, answer => Assert.False(string.IsNullOrEmpty(
            answer.GetProperty("candidate").GetProperty("access").GetProperty("source").GetString())));
    }

    [Fact]
    public void What_measuring_first_is_worth_is_said_where_it_is_asked_and_only_there()
    {
        using var plan = JsonDocument.Parse(CommandRun.Of([.. Asked, "--probe-budget", "3", "--format", "json"]).Output);
        var measure = plan.RootElement.GetProperty("measure_first");
        var best = plan.RootElement.GetProperty("recommendation");
        Assert.Equal(best.GetProperty("cost_usd").GetDouble(), measure.GetProperty("cost_usd").GetDouble(), 1e-6);
        Assert.InRange(measure.GetProperty("portfolio_usd").GetDouble(), 0, 3);
        Assert.NotEmpty(measure.GetProperty("probes").EnumerateArray());
        using var alone = JsonDocument.Parse(CommandRun.Of(["probe", .. Asked[1..], "--probe-budget", "3", "--format", "json"]).Output);
        Assert.True(JsonElement.DeepEquals(alone.RootElement, measure));

        using var plain = JsonDocument.Parse(CommandRun.Of([.. Asked, "--format", "json"]).Output);
        Assert.False(plain.RootElement.TryGetProperty("measure_first", out _));
        Assert.Contains("easuring first", CommandRun.Of([.. Asked, "--probes"]).Output, StringComparison.Ordinal);
    }

    /// <summary>None is the default; one that needs more than training is told in the answer, in its findings and by explain.</summary>
    [Fact]
    public void An_evaluation_that_decides_the_peak_is_told()
    {
        string[] asked = [.. Asked, "--gpus", "H100-SXM", "--budget", "2000"];
        Assert.Equal(
            CommandRun.Of([.. asked, "--format", "json"]).Output,
            CommandRun.Of([.. asked, "--eval-batch", "0", "--format", "json"]).Output);
        string[] evaluated = [.. asked, "--eval-batch", "150"];
        using var plan = JsonDocument.Parse(CommandRun.Of([.. evaluated, "--format", "json"]).Output);
        var best = plan.RootElement.GetProperty("recommendation");
        Assert.Equal(150, plan.RootElement.GetProperty("request").GetProperty("eval_batch").GetInt32());
        Assert.Equal(150, best.GetProperty("eval_batch").GetInt32());
        var peak = best.GetProperty("evaluation_peak");
        Assert.Equal(150, peak.GetProperty("sequences").GetInt32());
        Assert.True(peak.GetProperty("training_bytes").GetDouble() < best.GetProperty("peak_memory_bytes").GetDouble());
        var advice = $"--eval-batch {peak.GetProperty("covered_sequences").GetInt32()}";
        Assert.Contains(plan.RootElement.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("id").GetString() == "evaluation-decides-memory"
                && finding.GetProperty("message").GetString()!.Contains(advice, StringComparison.Ordinal));
        var explained = CommandRun.Of(["explain", .. evaluated[1..]]).Output.ReplaceLineEndings(" ");
        Assert.Contains("decides the peak memory, not training", explained, StringComparison.Ordinal);
        Assert.Contains("evaluation of 150", explained, StringComparison.Ordinal);
    }

    /// <summary>One that fits nowhere exits 3 and names the largest that does.</summary>
    [Fact]
    public void An_evaluation_that_fits_nowhere_is_answered_with_one_that_does()
    {
        var run = CommandRun.Of([.. Asked, "--gpus", "H100-SXM", "--eval-batch", "100000"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Matches(@"An evaluation of up to \d+ sequences", run.Output.ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData("--budget", "2000")]
    [InlineData("--deadline", "12h")]
    [InlineData("--budget", "20")]
    [InlineData("--spot", "auto")]
    [InlineData("--assume-network", "100")]
    [InlineData("--quota", "aws:p5.48xlarge=8,nebius=64")]
    public void The_answer_fits_one_screen_of_25_lines_and_100_columns(string option, string value)
    {
        var lines = CommandRun.Of([.. Asked, option, value]).Output.TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 5, 25);
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void Details_print_the_tables_behind_the_answer() => Assert.Contains(
        "Best choice per provider", CommandRun.Of([.. Asked, "--budget", "2000", "--details"]).Output, StringComparison.Ordinal);

    [Fact]
    public void Two_runs_print_the_same_bytes() =>
        Assert.Equal(
            CommandRun.Of([.. Asked, "--deadline", "3d", "--format", "json"]).Output,
            CommandRun.Of([.. Asked, "--deadline", "3d", "--format", "json"]).Output);

    [Fact]
    public void Five_dollars_exit_3_and_the_budget_named_is_enough()
    {
        var run = CommandRun.Of([.. Asked, "--budget", "5", "--format", "json"]);
        Assert.Equal(3, run.ExitCode);
        using var plan = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Null, plan.RootElement.GetProperty("recommendation").ValueKind);
        var remedy = plan.RootElement.GetProperty("remedies").EnumerateArray()
            .Single(remedy => remedy.GetProperty("change").GetString() == "raise-budget");
        var needed = Math.Ceiling(remedy.GetProperty("needed").GetDouble());
        Assert.Equal(0, CommandRun.Of([.. Asked, "--budget", $"{needed}", "--format", "json"]).ExitCode);
    }

    [Fact]
    public void One_gpu_at_most_is_one_gpu()
    {
        using var plan = JsonDocument.Parse(CommandRun.Of([.. Asked, "--max-gpus", "1", "--format", "json"]).Output);
        Assert.Equal(1, plan.RootElement.GetProperty("recommendation").GetProperty("gpus").GetInt32());
    }

    [Fact]
    public void A_budget_alone_chooses_model_and_tokens()
    {
        var run = CommandRun.Of("plan", "--objective", "loss", "--budget", "300", "--format", "json");
        Assert.Equal(0, run.ExitCode);
        using var plan = JsonDocument.Parse(run.Output);
        var best = plan.RootElement.GetProperty("recommendation");
        Assert.True(best.GetProperty("tokens").GetDouble() > 1e9);
        Assert.True(best.GetProperty("cost_usd").GetDouble() <= 300);
    }
}
