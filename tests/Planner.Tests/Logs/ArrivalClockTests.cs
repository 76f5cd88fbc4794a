using System.Globalization;
using System.Text;
using System.Text.Json;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>
/// Where lines hold no time of their own, the stamps that a container's runtime puts beside them are the clock, and say so. The log is
/// llm.c's main.log, which has losses alone; its steps are made to take 0.25 s.
/// </summary>
public sealed class ArrivalClockTests
{
    private const double Step = 0.25;

    [Theory]
    [InlineData("docker")]
    [InlineData("kubernetes")]
    [InlineData("stamps")]
    public void Stamps_beside_lines_are_the_clock_of_lines_without_times(string how)
    {
        var run = Learned(how, step => step * Step);
        Assert.InRange(run.GetProperty("step_time_s").GetDouble(), Step * 0.99, Step * 1.01);
        Assert.Contains(run.Strings("notes"), note => note.Contains("the container's runtime received each", StringComparison.Ordinal));
    }

    /// <summary>A program that writes to no terminal hands over forty lines at once, so each window may be off by ten seconds.</summary>
    [Fact]
    public void Lines_that_come_in_bursts_widen_the_interval()
    {
        var run = Learned("kubernetes", step => (step / 40 + 1) * 40 * Step + step % 40 * 2e-6);
        var (low, median, high) = (Of(run, "step_time_s_low"), Of(run, "step_time_s"), Of(run, "step_time_s_high"));
        Assert.InRange(median, Step * 0.9, Step * 1.1);
        Assert.InRange(Step, low, high);
        Assert.True((high - low) / median > 0.05);
        Assert.Contains(run.Strings("notes"), note => note.Contains("to 10 s", StringComparison.Ordinal));
    }

    /// <summary>A log with times of its own keeps them, whatever the stamps say.</summary>
    [Fact]
    public void A_log_with_times_keeps_its_own()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(LogFixtures.Of("nanogpt.log"));
        var run = LogFixtures.Learn(folder.Write("nanogpt.log",
            string.Concat(lines.Select((line, index) => Wrapped("kubernetes", line, index * 7)))));
        Assert.InRange(Of(run, "step_time_s"), 0.25 * 0.995, 0.25 * 1.005);
        Assert.DoesNotContain(run.Strings("notes"), note => note.Contains("runtime received", StringComparison.Ordinal));
    }

    private static JsonElement Learned(string how, Func<int, double> arrival)
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder();
        for (var step = 0; step < 800; step++)
            text.Append(Wrapped(how, string.Create(CultureInfo.InvariantCulture, $"s:{step} trl:{4 - step / 400.0:F4} lr:0.00003 norm:1.1"),
                arrival(step)));
        return LogFixtures.Learn(folder.Write("main.log", text.ToString()));
    }

    private static string Wrapped(string how, string line, double seconds)
    {
        var time = DateTime.UnixEpoch.AddDays(20_000).AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + "01Z";
        return how switch
        {
            "docker" => JsonSerializer.Serialize(new { log = line + "\n", stream = "stdout", time }) + "\n",
            "kubernetes" => $"{time} stdout F {line}\n",
            _ => $"{time} {line}\n",
        };
    }

    private static double Of(JsonElement run, string name) => run.GetProperty(name).GetDouble();
}
