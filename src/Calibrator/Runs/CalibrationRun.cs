using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Benchmark;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.MicroBenchmarks;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>Measures a machine within a budget: micro-benchmarks, then bursts, each on disk before the next one starts.</summary>
internal sealed class CalibrationRun(RunFolder folder, RunSettings settings, RunProgress progress, TimeProvider clock)
{
    private const double MicroShare = 0.07;
    private const double MostMicroSeconds = 25;

    /// <summary>The link's share of the budget, and what it is given at least: its sizes are few and each is timed nine times.</summary>
    private const double LinkShare = 0.25;
    private const double LeastLinkSeconds = 60;

    /// <summary>Larger messages say no more about a link that needs longer than this for one.</summary>
    private const double LongestCollectiveSeconds = 0.05;

    /// <summary>Runs until the budget is spent, the ranking of plans is settled, or someone stops it.</summary>
    /// <returns>Everything in the folder, and why the run ended.</returns>
    public async Task<(RunState State, string Ending)> Measure(CancellationToken stop)
    {
        var budget = new RunBudget(settings.BudgetSeconds, clock);
        var state = Resume();
        using var log = MeasurementLog.Open(folder.Measurements);
        void Keep(MeasurementLine line)
        {
            log.Append(line);
            state.Add(line);
        }

        try
        {
            Keep(new() { At = clock.GetUtcNow(), Environment = Environments.Of(settings) });
            if (state.Micro is null)
            {
                progress.Stage("micro-benchmarks");
                var seconds = Math.Min(MostMicroSeconds, MicroShare * settings.BudgetSeconds);
                Keep(new() { At = clock.GetUtcNow(), Micro = await MicroProcess.Run(settings.Device, settings.Threads, seconds, stop) });
            }
            if (settings.Launch is { } launch && state.Collectives is null)
                Keep(Collectives(launch, stop));
            return (state, await Bursts(state, budget, Keep, stop));
        }
        catch (OperationCanceledException)
        {
            return (state, "stopped; what was measured is kept, and --resume goes on");
        }
    }

    private MeasurementLine Collectives(LaunchOptions launch, CancellationToken stop)
    {
        progress.Stage($"collectives between {launch.Ranks} ranks");
        var limited = launch with { Limit = Least(launch.Limit, TimeSpan.FromSeconds(Math.Max(LeastLinkSeconds, LinkShare * settings.BudgetSeconds))) };
        var (measured, failure) = CollectiveProcess.Run(limited, ComputeDevices.CudaIndex(settings.Device) is not null, LongestCollectiveSeconds, stop);
        if (failure is not null)
            progress.Stage($"warning: {failure}");
        return new() { At = clock.GetUtcNow(), Collectives = measured, CollectivesFailure = failure?.ToString() };
    }

    private async Task<string> Bursts(RunState state, RunBudget budget, Action<MeasurementLine> keep, CancellationToken stop)
    {
        var matrix = new BurstMatrix(MachineSpec.Of(state.Environment!, state.Micro!, state.Collectives), settings);
        while (true)
        {
            var chosen = matrix.Next(state, budget.LeftSeconds);
            if (chosen is null)
                return Unaffordable(matrix, state);
            if (matrix.IsSettled)
                return $"the ranking of plans is settled; {Worth(chosen)}";
            progress.Starting(state.Bursts.Count + 1, chosen, budget);
            foreach (var result in await Measured(chosen.Burst.Spec, state, matrix.StepSeconds(chosen.Burst.Spec), stop))
            {
                keep(new() { At = clock.GetUtcNow(), Burst = result, HeldOut = chosen.HeldOut });
                progress.Ended(result);
            }
        }
    }

    /// <summary>
    /// A burst on one rank; on several, a race of all schemes, which tells them apart. Ranks that die, hang or run out of memory end it within
    /// its limit, and the run goes on.
    /// </summary>
    private async Task<IReadOnlyList<BurstResult>> Measured(BurstSpec spec, RunState state, double stepSeconds, CancellationToken stop)
    {
        var (timed, withMemory) = (BurstCost.TimedSeconds(spec, stepSeconds), BurstCost.WithMemory(state.Bursts.Count));
        if (spec.Parallelism == BurstParallelism.OneRank || settings.Launch is not { } ranked)
            return [await Measurer(null).Measure(spec, timed, withMemory, withBare: false, stop)];
        return await Measurer(ranked with { Limit = Least(ranked.Limit, BurstCost.LongestRun(timed)) }).Race(spec, timed, withMemory, stop);

        BurstMeasurer Measurer(LaunchOptions? launch) => new(settings.Device, state.Environment!.Device, clock, launch);
    }

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static string Unaffordable(BurstMatrix matrix, RunState state)
    {
        var next = matrix.Next(state, double.PositiveInfinity);
        return next is null ? "no burst is left" : $"the budget is spent; {Worth(next)}";
    }

    private static string Worth(ChosenBurst next) => next.HeldOut
        ? "the next burst would be held back to prove the profile"
        : $"the next burst ({next.Burst.Spec.Shape.Name}, about {next.Burst.CostSeconds:0} s) would lower the mean uncertainty of step time from {next.DeviationBefore:P1} to {next.DeviationAfter:P1}";

    private RunState Resume()
    {
        if (!File.Exists(folder.Measurements))
            return new([]);
        var (lines, problems) = MeasurementLog.Read(folder.Measurements);
        foreach (var problem in problems)
            progress.Stage($"warning: {problem}");
        var state = new RunState(lines);
        if (state.Environment is { } before && before.Device != DeviceName.Of(settings.Device, settings.Threads))
            throw new InputException($"{folder.Path} was measured on {before.Device}, not on {DeviceName.Of(settings.Device, settings.Threads)}");
        if (state.Environment?.Identity is { HostHash: { } host } known && MachineReader.Read() is { HostHash: { } here } && host != here)
            throw new InputException($"{folder.Path} was measured on another machine, #{known.Tag()}: a profile is of one machine");
        if (state.Collectives is { } link && link.Ranks != (settings.Launch?.Ranks ?? 1))
            throw new InputException($"{folder.Path} was measured on {link.Ranks} ranks: give --ranks {link.Ranks}");
        progress.Stage($"going on after {state.Bursts.Count} bursts");
        return state;
    }
}
