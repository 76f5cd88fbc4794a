using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests.Runs;

/// <summary>Runs on a simulated machine: what is measured, when, and what a run ends with.</summary>
public sealed class CalibrationRunTests : IDisposable
{
    private const double BudgetSeconds = 90;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_keeps_its_budget_and_more_than_half_of_it_for_bursts()
    {
        var clock = new HandClock();
        var machine = new SimulatedMachine(clock);
        var (state, _) = await Run(clock, machine);
        Assert.InRange(machine.MicroLimit!.Value, 1, BudgetSeconds / 2);
        Assert.InRange(clock.Seconds, BudgetSeconds / 3, BudgetSeconds);
        Assert.True(state.Fitted.Count > 8, $"{state.Fitted.Count} fitted");
    }

    [Theory]
    [InlineData(60, 5)]
    [InlineData(89, 1)]
    [InlineData(500, 20)]
    public async Task Micro_benchmarks_that_spend_the_budget_leave_a_profile_all_the_same(double microSeconds, double slowness)
    {
        var clock = new HandClock();
        var (state, _) = await Run(clock, new(clock) { MicroSeconds = microSeconds, Slowness = slowness });
        Assert.True(state.Fitted.Count >= 3, $"{state.Fitted.Count} fitted");
        var result = CalibrationResult.Of(state);
        Assert.All(result.Model.Fitted.Parameters, parameter => Assert.True(double.IsFinite(parameter.Value), parameter.ToString()));
    }

    [Fact]
    public async Task A_machine_on_which_every_burst_breaks_is_given_up()
    {
        var clock = new HandClock();
        var (state, _) = await Run(clock, new(clock) { MicroSeconds = 100, IsBroken = true });
        Assert.Empty(state.Fitted);
        Assert.InRange(state.Bursts.Count, 1, 10);
    }

    private async Task<(RunState State, string Ending)> Run(HandClock clock, SimulatedMachine machine)
    {
        using var folder = RunFolder.Open(Path.Combine(_folder.Path, "run"), resume: false);
        var settings = new RunSettings
        {
            Device = "cpu",
            Threads = 2,
            BudgetSeconds = BudgetSeconds,
            Seed = 1,
            Ranges = PoolRanges.Default,
            Command = "test",
        };
        return await new CalibrationRun(folder, settings, new(TextWriter.Null, isTerminal: false), clock, machine)
            .Measure(TestContext.Current.CancellationToken);
    }
}
