namespace SlmPlanner.Planner.Tests.Commands;

public sealed class MisspeltTests
{
    [Theory]
    [InlineData("plann", "unknown command 'plann'; did you mean 'plan'?")]
    [InlineData("exprot", "unknown command 'exprot'; did you mean 'export'?")]
    [InlineData("offers lst", "unknown command 'lst'; did you mean 'list'?")]
    [InlineData("zzzzzz", "unknown command 'zzzzzz'; see --help")]
    [InlineData("plan --budgett 5", "unknown option '--budgett'; did you mean '--budget'?")]
    [InlineData("plan --budgett=5", "unknown option '--budgett'; did you mean '--budget'?")]
    [InlineData("plan --xyzzy", "unknown option '--xyzzy'; see --help")]
    [InlineData("plan --model slm-1b --tokens 20B --budget 2 000",
        "'000' is one argument too many for 'plan'; a value with spaces needs quotes")]
    [InlineData("sweep --model slm-1b", "--over is missing: ")]
    [InlineData("export", "PLAN is missing: ")]
    [InlineData("plan --seed many", "--seed is 'many', expected a whole number")]
    [InlineData("plan --tokens 0 --budget x",
        "--tokens: tokens is 0, allowed 1000 to 300000000000000; --budget is 'x', expected an amount")]
    [InlineData("plan --format yaml", "--format: unknown value 'yaml'")]
    public void A_slip_exits_2_with_one_message_that_helps(string line, string message)
    {
        var run = CommandRun.Of(line.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: {message}", run.Errors, StringComparison.Ordinal);
        Assert.Equal(run.Errors.Length - 1, run.Errors.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("plan --help", "Usage: slm-plan plan [OPTIONS]")]
    [InlineData("plan --budgett 5 --help", "Usage: slm-plan plan [OPTIONS]")]
    [InlineData("offers import -h", "Usage: slm-plan offers import PLACE... [OPTIONS]")]
    [InlineData("offers", "Usage: slm-plan offers COMMAND [OPTIONS]")]
    [InlineData("offers --help", "Usage: slm-plan offers COMMAND [OPTIONS]")]
    [InlineData("config", "Usage: slm-plan config COMMAND [OPTIONS]")]
    [InlineData("--help", "Usage: slm-plan COMMAND [OPTIONS]")]
    public void Asking_for_help_is_no_mistake(string line, string usage)
    {
        var run = CommandRun.Of(line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(usage, run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Errors);
    }
}
