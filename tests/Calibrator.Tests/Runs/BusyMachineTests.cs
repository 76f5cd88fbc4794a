using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests.Runs;

/// <summary>
/// A calibration beside another program that takes one of two cores for a third of the time, at random moments: what it says of steps that
/// are measured without that program.
/// </summary>
public sealed class BusyMachineTests(BusyMachineTests.Runs runs) : IClassFixture<BusyMachineTests.Runs>
{
    [Fact]
    public void Steps_of_the_quiet_machine_are_predicted_within_ten_per_cent()
    {
        Assert.InRange(Error(runs.Busy), 0, 0.1);
        Assert.True(Error(runs.Busy) < Error(Naive(runs.Busy)),
            $"{Error(runs.Busy):P1} with weights, {Error(Naive(runs.Busy)):P1} by medians of single measurements");
    }

    [Fact]
    public void The_other_program_is_warned_of_before_and_told_after() => Assert.Multiple(
        () => Assert.Contains("the machine is busy: other programs use 0.6 of 2 cores", runs.Told, StringComparison.Ordinal),
        () => Assert.Contains(runs.Busy.Findings, finding => finding.Id == "busy-time"),
        () => Assert.InRange(runs.Busy.State.Measurements.SelectMany(burst => burst.Utilisation)
            .Average(sample => sample.OtherCores!.Value), 0.2, 0.5));

    [Fact]
    public void Configurations_have_two_moments_and_disturbed_ones_more()
    {
        var counts = runs.Busy.State.ByConfiguration.Select(group => group.Count).ToArray();
        Assert.True(counts.Count(count => count >= 2) > counts.Length / 2, string.Join(' ', counts));
        Assert.InRange(counts.Max(), 3, 4);
        Assert.NotNull(runs.Busy.Repeatability);
        Assert.Contains("\"repeatability\":{\"pairs\":", runs.Busy.ProfileJson("test"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_read_back_is_the_same()
    {
        var again = CalibrationResult.Of(new(runs.Lines));
        Assert.Equal(runs.Busy.ProfileJson("test"), again.ProfileJson("test"));
    }

    /// <summary>
    /// What was done before: one measurement of each configuration, the median of its steps, no knowledge of what else ran.
    /// </summary>
    private static CalibrationResult Naive(CalibrationResult result) => CalibrationResult.Of(new(
    [
        new() { At = default, Environment = result.State.Environment }, new() { At = default, Micro = result.State.Micro },
        .. result.State.ByConfiguration.Select(group => new MeasurementLine
        {
            At = default,
            HeldOut = result.State.IsHeldOut(group[0].Spec),
            Burst = group[0] with { Utilisation = [],
                Samples = [.. group[0].Samples.Select(sample => sample with { WaitSeconds = null })] },
        }),
    ]));

    /// <summary>Mean absolute error over configurations that no run could choose.</summary>
    private static double Error(CalibrationResult result) => new BurstPool(PoolRanges.Between, threads: 2, seed: 9).Draw(200)
        .Select(spec => (Spec: spec, Seconds: SyntheticMachine.StepSeconds(SimulatedMachine.Device, spec)))
        .Where(each => each.Seconds is > 0.04 and < 1.5).Take(24)
        .Average(each => Math.Abs(result.Model.StepSeconds(each.Spec) / each.Seconds - 1));

    /// <summary>One run of four minutes for all tests.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        internal CalibrationResult Busy { get; private set; } = null!;

        internal IReadOnlyList<MeasurementLine> Lines { get; private set; } = [];

        internal string Told { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            var clock = new HandClock();
            using var folder = RunFolder.Open(Path.Combine(_folder.Path, "run"), resume: false);
            using var told = new StringWriter();
            RunSettings settings = new() { Device = "cpu", Threads = 2, BudgetSeconds = 240, Seed = 1, Ranges = PoolRanges.Default,
                Command = "test" };
            var machine = new SimulatedMachine(clock) { Competitor = new(seed: 4), OthersNow = 0.6 };
            var (state, _) = await new CalibrationRun(folder, settings, new(told, isTerminal: false), clock, machine)
                .Measure(TestContext.Current.CancellationToken);
            (Busy, Lines, Told) = (CalibrationResult.Of(state), MeasurementLog.Read(folder.Measurements).Lines, told.ToString());
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
