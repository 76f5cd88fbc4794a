using System.Text.Json;

namespace SlmPlanner.Planner.Tests.Commands;

public sealed class QuestionTests
{
    private static readonly string[] Asked = ["--model", "slm-1b", "--tokens", "20B", "--deadline", "7d", "--format", "json"];

    [Fact]
    public void Why_not_sets_the_candidate_against_the_winner()
    {
        var run = CommandRun.Of(["explain", .. Asked, "--objective", "cost", "--why-not", "H100 x8"]);
        Assert.Equal(0, run.ExitCode);
        using var explanation = JsonDocument.Parse(run.Output);
        var (candidate, against) = (explanation.RootElement.GetProperty("candidate"), explanation.RootElement.GetProperty("against"));
        Assert.Equal(8, candidate.GetProperty("gpus").GetInt32());
        Assert.StartsWith("H100", candidate.GetProperty("gpu").GetString(), StringComparison.Ordinal);
        Assert.True(against.GetProperty("cost_usd").GetDouble() <= candidate.GetProperty("cost_usd").GetDouble());
        Assert.Contains(explanation.RootElement.GetProperty("sentences").EnumerateArray(),
            sentence => sentence.GetString()!.Contains("per GPU-hour", StringComparison.Ordinal));
    }

    [Fact]
    public void Machines_that_no_offer_has_are_said_to_be_missing()
    {
        var run = CommandRun.Of(["explain", .. Asked, "--why-not", "aws:no-such-machine"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("the price catalog has no such offer", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_that_cannot_be_had_in_that_number_are_said_to_be_out_of_reach()
    {
        var run = CommandRun.Of(["explain", .. Asked, "--why-not", "coreweave:hgx-h100 x1"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("be had without a contract", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_shows_both_sides()
    {
        using var comparison = JsonDocument.Parse(CommandRun.Of(["compare", .. Asked, "A100-80GB x8", "H100 x8"]).Output);
        Assert.StartsWith("A100-80GB", comparison.RootElement.GetProperty("candidate").GetProperty("gpu").GetString(),
            StringComparison.Ordinal);
        Assert.StartsWith("H100", comparison.RootElement.GetProperty("against").GetProperty("gpu").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_over_gpus_has_one_row_per_count_with_that_count()
    {
        var run = CommandRun.Of(["sweep", .. Asked, "--over", "gpus", "--values", "1,4,8"]);
        Assert.Equal(0, run.ExitCode);
        using var sweep = JsonDocument.Parse(run.Output);
        Assert.Equal([1, 4, 8], sweep.RootElement.GetProperty("sweep").EnumerateArray().Select(row => row.GetProperty("gpus").GetInt32()));
    }

    [Fact]
    public void A_sweep_over_links_and_schemes_shows_each_scheme_at_each_rate_and_a_faster_link_is_faster()
    {
        string[] asked = ["--model", "slm-1b", "--tokens", "20B", "--objective", "time", "--gpus", "A100-80GB-SXM", "--max-gpus", "8",
            "--format", "json"];
        var run = CommandRun.Of(["sweep", .. asked, "--over", "link,scheme", "--values", "32,600; ddp,fsdp_full"]);
        Assert.Equal(0, run.ExitCode);
        using var sweep = JsonDocument.Parse(run.Output);
        var rows = sweep.RootElement.GetProperty("sweep").EnumerateArray().ToArray();
        Assert.Equal(["ddp", "fsdp_full", "ddp", "fsdp_full"], rows.Select(row => row.GetProperty("parallelism").GetString()));
        var speeds = rows.Select(row => row.GetProperty("tokens_per_s").GetDouble()).ToArray();
        Assert.True(speeds[2] > speeds[0] && speeds[3] > speeds[1]);
    }

    [Theory]
    [InlineData("link", "0")]
    [InlineData("network", "fast")]
    [InlineData("scheme", "zero9")]
    public void A_link_or_scheme_that_can_not_be_is_named(string over, string value)
    {
        var run = CommandRun.Of(["sweep", .. Asked, "--over", over, "--values", value]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{value}'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_with_a_folder_writes_its_chart_and_its_rows()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Assert.Equal(0, CommandRun.Of(["sweep", .. Asked, "--over", "gpus", "--values", "1,8", "--out", folder]).ExitCode);
            Assert.Contains("tokens per USD", File.ReadAllText(Path.Combine(folder, "sweep.svg")), StringComparison.Ordinal);
            Assert.Equal(3, File.ReadAllLines(Path.Combine(folder, "sweep.csv")).Length);
            Assert.True(File.Exists(Path.Combine(folder, "sweep.png")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_sweep_over_utilisation_changes_the_recommended_type_in_proportion_until_another_wins()
    {
        using var sweep = JsonDocument.Parse(CommandRun.Of(["sweep", .. Asked, "--over", "mfu", "--values", "0.05,0.9,1"]).Output);
        var rows = sweep.RootElement.GetProperty("sweep").EnumerateArray().ToList();
        Assert.Equal(rows[2].GetProperty("gpu").GetString(), rows[1].GetProperty("gpu").GetString());
        Assert.NotEqual(rows[2].GetProperty("gpu").GetString(), rows[0].GetProperty("gpu").GetString());
        Assert.True(rows[1].GetProperty("cost_usd").GetDouble() > rows[2].GetProperty("cost_usd").GetDouble());
    }

    [Fact]
    public void A_sweep_over_two_things_has_every_combination()
    {
        using var sweep = JsonDocument.Parse(CommandRun.Of(["sweep", .. Asked, "--over", "mfu,tokens", "--values", "0.8,1;1B,2B"]).Output);
        Assert.Equal(
            [(0.8, 1e9), (0.8, 2e9), (1, 1e9), (1, 2e9)],
            sweep.RootElement.GetProperty("sweep").EnumerateArray()
            .Select(row => (row.GetProperty("mfu_factor").GetDouble(), row.GetProperty("tokens").GetDouble())));
    }

    [Fact]
    public void Compare_heads_each_column_with_its_machines_and_gives_both_measures_of_a_dollar()
    {
        var run = CommandRun.Of(["compare", .. Asked[..^1], "md", "A100-80GB x8", "H100 x8"]);
        Assert.Contains("8 × H100", run.Output, StringComparison.Ordinal);
        Assert.Contains("| tokens per usd | ", run.Output, StringComparison.Ordinal);
        Assert.Contains("| loss per usd | ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--own", "8xH100-SXM@0.01", "own", false)]
    [InlineData("--reserved", "provider=lambda,gpu=H100-SXM,gpus=8,usd_per_hour=0.2,months=1", "lambda", true)]
    public void Machines_named_on_the_command_line_are_planned_beside_the_catalog(string option, string text, string provider, bool isTerm)
    {
        using var plan = JsonDocument.Parse(CommandRun.Of(["plan", .. Asked, "--objective", "cost", option, text]).Output);
        Assert.Contains(plan.RootElement.GetProperty("best_per_provider").EnumerateArray(), row =>
            row.GetProperty("provider").GetString() == provider
            && (row.GetProperty("term_months").ValueKind == JsonValueKind.Number) == isTerm);
    }

    [Theory]
    [InlineData("--own", "H100", "expected COUNTxGPU")]
    [InlineData("--own", "4xH100@0", "allowed above 0 to 200 USD per GPU-hour")]
    [InlineData("--own", "4xH100,price=1", "unknown name 'price'")]
    [InlineData("--reserved", "provider=lambda,gpu=H100,usd_per_hour=2", "lacks months=")]
    [InlineData("--reserved", "provider=lambda,gpu=H100,usd_per_hour=2,months=x", "months is 'x', allowed 0.01 to 120")]
    public void Machines_that_cannot_be_read_exit_2(string option, string text, string message)
    {
        var run = CommandRun.Of(["plan", .. Asked, "--objective", "cost", option, text]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour", "unknown variable 'colour'")]
    [InlineData("gpus,gpus", "one or two different names")]
    [InlineData("mfu --values 0", "expected a factor between 0.01 and 100")]
    [InlineData("gpus --values 1;2", "at most 1 lists")]
    public void A_sweep_over_something_else_exits_2(string over, string message)
    {
        var run = CommandRun.Of(["sweep", .. Asked, "--over", .. over.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }
}
