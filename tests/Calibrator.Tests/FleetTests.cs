using SlmPlanner.Core.Findings;
using SlmPlanner.Data.History;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Calibrator.Tests;

public class FleetTests
{
    private static readonly DateTimeOffset Day = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    /// <summary>One of five multiplies at 84 % of the others' rate and moves bytes as they do: 92 % in the median of both rates.</summary>
    [Fact]
    public void A_machine_whose_multiplies_are_slow_stands_out_for_its_clocks()
    {
        HistoryEntry[] runs = [.. Enumerable.Range(1, 4).Select(number => Run($"#{number}", matmul: 100, memory: 100)),
            Run("#slow", matmul: 84, memory: 100)];
        var slow = Fleet.Of(runs)[0];
        Assert.Equal(("#slow", 4, 0.84, 1.0), (slow.Machine, slow.Siblings, slow.ComputeSpeed, slow.MemorySpeed));
        Assert.Equal("#slow (h100) is 8 % slower than its 4 siblings: its multiplies, so clocks, power or heat",
            FindingWords.Of(slow.Warning!));
        Assert.All(Fleet.Of(runs).Skip(1), machine => Assert.Null(machine.Warning));
    }

    [Fact]
    public void Memory_and_both_are_told_apart()
    {
        HistoryEntry[] usual = [.. Enumerable.Range(1, 4).Select(number => Run($"#{number}", matmul: 100, memory: 100))];
        Assert.Equal(SlowPart.Memory, Fleet.Of([.. usual, Run("#m", matmul: 100, memory: 80)])[0].Warning!.Part);
        Assert.Equal(SlowPart.All, Fleet.Of([.. usual, Run("#b", matmul: 80, memory: 80)])[0].Warning!.Part);
    }

    [Fact]
    public void Of_two_machines_neither_is_the_unusual_one()
    {
        var machines = Fleet.Of([Run("#1", 100, 100), Run("#2", 50, 50)]);
        Assert.All(machines, machine => Assert.Null(machine.Warning));
        Assert.Equal(["#2", "#1"], machines.Select(machine => machine.Machine));
    }

    [Fact]
    public void A_machine_drifts_against_its_own_first_run_and_other_devices_do_not_count()
    {
        var machine = Fleet.Of([Run("#1", 100, 100), Run("#1", 95, 95) with { At = Day.AddDays(9) }, Run("#2", 40, 40, device: "a100")]);
        Assert.Equal(["a100", "h100"], machine.Select(each => each.Device));
        Assert.Equal((2, -0.05, Day.AddDays(9)), (machine[1].Runs, Math.Round(machine[1].Drift!.Value, 9), machine[1].Latest));
        Assert.Null(machine[1].Speed);
        Assert.Null(machine[0].Drift);
    }

    /// <summary>By hand: the latest rates are 90 and 110, their median 100, so that the first machine went from 1.2 to 0.9 of it.</summary>
    [Fact]
    public void A_course_sets_every_run_beside_the_latest_of_its_kind()
    {
        var courses = Fleet.Courses(
        [
            Run("#1", 120, 120) with { Id = 1 }, Run("#2", 110, 110) with { Id = 2 }, Run("#1", 90, 90) with { Id = 3 },
            Run("#3", 7, 7, device: "a100") with { Id = 4 },
        ]);
        Assert.Equal([("a100", "#3"), ("h100", "#1"), ("h100", "#2")], courses.Select(course => (course.Device, course.Machine)));
        Assert.Equal([(1L, 1.2), (3L, 0.9)], courses[1].Points.Select(point => (point.Run, Math.Round(point.Speed, 9))));
        Assert.Equal(1, courses[0].Points[0].Speed);
    }

    private static HistoryEntry Run(string machine, double matmul, double memory, string device = "h100") => new()
    {
        At = Day, Machine = machine, Device = device, Versions = "1", Settings = "5 min", Folder = "/tmp/run", Bursts = 30,
        Numbers = new Dictionary<string, double>
        {
            ["matmul bf16 1024_per_s"] = matmul, ["elementwise fp32 4_per_s"] = memory, ["matmul share (machine x)"] = 0.5,
        },
    };
}
