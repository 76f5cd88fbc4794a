using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Tests.Runs;

/// <summary>The synthetic machine as a run sees it: what it measures takes time on a clock that stands otherwise.</summary>
internal sealed class SimulatedMachine(HandClock clock) : IMeasuredMachine
{
    private const double StartSeconds = 0.7, SampleSeconds = 0.25;

    /// <summary>What one step differs from the next by, and one process from the next, on a quiet machine.</summary>
    private const double StepDeviation = 0.01, MomentDeviation = 0.03;
    private readonly Random _noise = new(3);

    /// <summary>Its datasheet.</summary>
    public static Accelerator Device { get; } = MachineSpec.Of(SyntheticMachine.Environment, SyntheticMachine.Micro);

    /// <summary>Seconds that the micro-benchmarks take, whatever they are asked for.</summary>
    public double MicroSeconds { get; init; } = 6;

    /// <summary>How much longer everything takes than the model of a quiet machine says.</summary>
    public double Slowness { get; init; } = 1;

    /// <summary>True when every burst breaks.</summary>
    public bool IsBroken { get; init; }

    /// <summary>What else runs; null for nothing.</summary>
    public Competitor? Competitor { get; init; }

    /// <summary>Cores that other programs use before the run starts; null where nobody can tell.</summary>
    public double? OthersNow { get; init; }

    /// <summary>The limit that the micro-benchmarks were given.</summary>
    public double? MicroLimit { get; private set; }

    public RunEnvironment Describe() => SyntheticMachine.Environment;

    public Task<double?> OtherCores(CancellationToken stop) => Task.FromResult(OthersNow);

    public Task<IReadOnlyList<MicroSample>> Micro(double budgetSeconds, double limitSeconds, CancellationToken stop)
    {
        MicroLimit = limitSeconds;
        clock.Advance(MicroSeconds);
        return Task.FromResult(SyntheticMachine.Micro);
    }

    public (CollectiveMeasurement? Measured, string? Failure) Collectives(TimeSpan limit, CancellationToken stop) => (null, "one rank");

    public Task<IReadOnlyList<BurstResult>> Burst(BurstSpec spec, double timedSeconds, bool withMemory, CancellationToken stop)
    {
        clock.Advance(Slowness * StartSeconds);
        return Task.FromResult<IReadOnlyList<BurstResult>>([IsBroken
            ? new() { Spec = spec, Device = "synthetic", Status = BurstStatus.Failed }
            : Measured(spec, timedSeconds, stop)]);
    }

    /// <summary>Steps by the rules of a real burst, beside what else runs.</summary>
    private BurstResult Measured(BurstSpec spec, double timedSeconds, CancellationToken stop)
    {
        var (start, count) = (clock.Seconds, 0);
        var quiet = Slowness * SyntheticMachine.StepSeconds(Device, spec) * Math.Exp(MomentDeviation * Normal());
        StepSample[] samples = [.. StageLoop.Run(StoppingRules.Adaptive(timedSeconds), (warmup, _) =>
        {
            var from = clock.Seconds;
            var seconds = quiet * Math.Exp(StepDeviation * Normal());
            var (end, waited) = Competitor?.Run(from, seconds) ?? (from + seconds, 0);
            clock.Advance(end - from);
            return new(count++, warmup, end - from, null, null, null, 0, WaitSeconds: waited);
        }, stop)];
        var step = StepTimeSummary.Of([.. samples.Where(sample => !sample.Warmup).Select(sample => sample.StepSeconds)]);
        return new()
        {
            Spec = spec,
            Device = "synthetic",
            Status = BurstStatus.Ok,
            StepTimeS = step,
            TokensPerS = spec.TokensPerStep / step.Median,
            Samples = samples,
            Utilisation = [.. Utilisation(start, clock.Seconds)],
        };
    }

    private IEnumerable<UtilisationSample> Utilisation(double from, double to)
    {
        for (var end = from + SampleSeconds; end <= to; end += SampleSeconds)
            yield return new() { TimeS = end - from, OtherCores = Competitor?.Share(end - SampleSeconds, end) ?? 0 };
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _noise.NextDouble())) * Math.Cos(2 * Math.PI * _noise.NextDouble());
}
