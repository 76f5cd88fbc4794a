using System.Runtime.CompilerServices;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Cases;

/// <summary>
/// The worked cases of docs/cases, run as their commands on a fixed day. Their golden files are the answers that the
/// documentation links to: a new fit or new prices change them, and <c>docs/cases/refresh</c> takes the change over.
/// </summary>
public sealed class CaseTests
{
    private static readonly TimeProvider Day = new FixedDay(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("hobbyist.md", "plan --model slm-500m --tokens 10B --budget 300 --deadline 14d --max-gpus 1 --project "
        + "ablations=5@0.02,failed=0.2,evaluation=0.02 --format md")]
    [InlineData("start-up.md", "plan --model llama-3.2-1b --tokens 100B --budget 5000 --deadline 7d --day-worth 800 --project default "
        + "--format md")]
    [InlineData("lab.md", "schedule --fleet 64xA100-80GB --days 14 --format md --jobs docs/cases/lab-jobs.json")]
    [InlineData("lab-rented.md", "plan --model llama-2-7b --tokens 140B --budget 40000 --deadline 14d --project "
        + "ablations=0.05,failed=0.1 --format md")]
    [InlineData("lab-network.md", "schedule --fleet 64xA100-80GB --days 14 --network 800 --format md --jobs docs/cases/lab-jobs.json")]
    public void A_worked_case_gives_the_committed_answer(string golden, string command)
    {
        string[] args = [.. command.Split(' ').Select(argument => argument.StartsWith("docs/", StringComparison.Ordinal)
            ? Path.Combine(Root(), argument) : argument)];
        var run = CommandRun.Of(Day, args);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(command, File.ReadAllText(Path.Combine(Root(), "docs", "cases", "README.md")));
        Golden.Equal(run.Output, golden);
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    private sealed class FixedDay(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
