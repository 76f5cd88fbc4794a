using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Benchmark;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.MicroBenchmarks;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>The machine that runs this program, measured by child processes.</summary>
internal sealed class ThisMachine(RunSettings settings, TimeProvider clock) : IMeasuredMachine
{
    /// <summary>Larger messages say no more about a link that needs longer than this for one.</summary>
    private const double LongestCollectiveSeconds = 0.05;
    private static readonly TimeSpan WatchedTime = TimeSpan.FromSeconds(3);
    private readonly string _device = DeviceName.Of(settings.Device, settings.Threads);

    /// <inheritdoc/>
    public RunEnvironment Describe() => Environments.Of(settings);

    /// <inheritdoc/>
    public async Task<double?> OtherCores(CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        using var source = new ProcUtilisation(Environment.ProcessId, ProcUnits.OfThisSystem());
        source.Read(new() { TimeS = clock.GetElapsedTime(0).TotalSeconds });
        await Task.Delay(WatchedTime, clock, stop);
        var sample = source.Read(new() { TimeS = clock.GetElapsedTime(0).TotalSeconds });
        return sample.OtherCores + (sample.StealCores ?? 0);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MicroSample>> Micro(double budgetSeconds, double limitSeconds, CancellationToken stop) =>
        MicroProcess.Run(settings.Device, settings.Threads, budgetSeconds, limitSeconds, stop);

    /// <inheritdoc/>
    public (CollectiveMeasurement? Measured, string? Failure) Collectives(TimeSpan limit, CancellationToken stop)
    {
        var launch = settings.Launch! with { Limit = Least(settings.Launch.Limit, limit) };
        var (measured, failure) = CollectiveProcess.Run(launch, ComputeDevices.CudaIndex(settings.Device) is not null,
            LongestCollectiveSeconds, stop);
        return (measured, failure?.ToString());
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BurstResult>> Burst(BurstSpec spec, double timedSeconds, bool withMemory, CancellationToken stop)
    {
        if (spec.Parallelism == BurstParallelism.OneRank || settings.Launch is not { } ranked)
            return [await Measurer(null).Measure(spec, timedSeconds, withMemory, withBare: false, stop)];
        var limit = Least(ranked.Limit, BurstCost.LongestRun(timedSeconds));
        return await Measurer(ranked with { Limit = limit }).Race(spec, timedSeconds, withMemory, stop);
    }

    private BurstMeasurer Measurer(LaunchOptions? launch) => new(settings.Device, _device, clock, launch);

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
