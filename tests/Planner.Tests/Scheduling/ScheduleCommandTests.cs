using System.Text.Json;
using SlmPlanner.Planner.Tests.Commands;

namespace SlmPlanner.Planner.Tests.Scheduling;

public sealed class ScheduleCommandTests
{
    [Fact]
    public void Jobs_on_a_fleet_are_scheduled_within_the_horizon()
    {
        using var schedule = JsonDocument.Parse(Run(Jobs("1B", "2B"), "--days", "30", "--format", "json").Output);
        var root = schedule.RootElement;
        Assert.True(root.GetProperty("optimal").GetBoolean());
        Assert.True(root.GetProperty("makespan_bound_h").GetDouble() <= root.GetProperty("makespan_h").GetDouble());
        Assert.All(root.GetProperty("jobs").EnumerateArray(), job => Assert.True(job.GetProperty("end_h").GetDouble() <= 720));
    }

    [Fact]
    public void More_devices_never_end_later()
    {
        double Makespan(string fleet)
        {
            using var file = new JobFile(Jobs("5B", "10B"));
            using var schedule = JsonDocument.Parse(
                CommandRun.Of(["schedule", "--fleet", fleet, "--jobs", file.Path, "--format", "json"]).Output);
            return schedule.RootElement.GetProperty("makespan_h").GetDouble();
        }

        Assert.True(Makespan("16xA100-80GB") <= Makespan("8xA100-80GB"));
    }

    [Fact]
    public void A_job_that_takes_longer_than_the_horizon_is_left_out_with_its_time()
    {
        var run = Run(Jobs("1B", "900B"), "--days", "1", "--format", "json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Job second is left out", run.Output);
    }

    [Fact]
    public void A_schedule_with_a_folder_writes_its_chart_with_a_bar_per_job()
    {
        using var folder = new SlmPlanner.Tests.TemporaryFolder();
        Assert.Equal(0, Run(Jobs("1B", "2B"), "--out", Path.Combine(folder.Path, "lab")).ExitCode);
        var chart = File.ReadAllText(Path.Combine(folder.Path, "lab", "schedule.svg"));
        Assert.Contains("first", chart, StringComparison.Ordinal);
        Assert.Contains("second", chart, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "lab", "schedule.png")));
    }

    [Theory]
    [InlineData("""{"schema_version":1,"jobs":[]}""", "0 jobs")]
    [InlineData("""{"schema_version":1,"jobs":[{"name":"a","model":"slm-1b","tokens":"1B"},{"name":"a","model":"slm-1b","tokens":"1B"}]}""", "'a' is there 2 times")]
    [InlineData("""{"schema_version":1,"jobs":[{"name":"a","model":"slm-1b","tokens":"1B","value":0}]}""", "value of job 'a' is 0")]
    [InlineData("""{"schema_version":1,"jobs":[{"name":"a","model":"slm-1b","tokens":"many"}]}""", "many")]
    [InlineData("""{"schema_version":1,"jobs":[{"name":"a","modle":"slm-1b","tokens":"1B"}]}""", "modle")]
    public void A_bad_jobs_file_exits_2_and_says_why(string jobs, string expected)
    {
        var run = Run(jobs);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors);
        Assert.Empty(run.Output);
    }

    private static string Jobs(string first, string second) => $$"""
        {"schema_version":1,"jobs":[{"name":"first","model":"slm-100m","tokens":"{{first}}"},{"name":"second","model":"slm-500m","tokens":"{{second}}","value":2}]}
        """;

    private static CommandRun Run(string jobs, params string[] options)
    {
        using var file = new JobFile(jobs);
        return CommandRun.Of(["schedule", "--fleet", "8xA100-80GB", "--jobs", file.Path, .. options]);
    }

    private sealed class JobFile : IDisposable
    {
        public JobFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"jobs-{Guid.NewGuid():N}.json");

        public void Dispose() => File.Delete(Path);
    }
}
