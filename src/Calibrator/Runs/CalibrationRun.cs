using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// Measures a machine within a budget: micro-benchmarks, then bursts, each on disk before the next one starts. A profile needs a few
/// bursts, so that these run even where a slow machine has spent the budget before.
/// </summary>
internal sealed class CalibrationRun(RunFolder folder, RunSettings settings, RunProgress progress, TimeProvider clock,
    IMeasuredMachine machine)
{
    private const double MicroShare = 0.07;
    private const double MostMicroSeconds = 25;

    /// <summary>On a machine so slow that the suite overruns its share many times, bursts still get half of the budget.</summary>
    private const double MostMicroShare = 0.4;

    /// <summary>The link's share of the budget, and what it is given at least: its sizes are few and each is timed nine times.</summary>
    private const double LinkShare = 0.25;
    private const double LeastLinkSeconds = 60;

    /// <summary>Fitted bursts that a run ends with, budget or not, and how many it tries past the budget for them.</summary>
    private const int LeastFitted = 3, MostPastBudget = 6;

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
            Keep(new() { At = clock.GetUtcNow(), Environment = machine.Describe() });
            await WarnOfOthers(state.Cores, stop);
            if (state.Micro is null)
            {
                progress.Stage("micro-benchmarks");
                var seconds = Math.Min(MostMicroSeconds, MicroShare * settings.BudgetSeconds);
                var micro = await machine.Micro(seconds, MostMicroShare * settings.BudgetSeconds, stop);
                Keep(new() { At = clock.GetUtcNow(), Micro = micro });
            }
            if (settings.Launch is { } launch && state.Collectives is null)
                Keep(Collectives(launch.Ranks, stop));
            return (state, await Bursts(state, budget, Keep, stop));
        }
        catch (OperationCanceledException)
        {
            return (state, "stopped; what was measured is kept, and --resume goes on");
        }
    }

    /// <summary>Says before anything is measured that other programs are at work.</summary>
    private async Task WarnOfOthers(int cores, CancellationToken stop)
    {
        if (await machine.OtherCores(stop) is { } others && others > Disturbance.QuietShare * cores)
            progress.Stage(FormattableString.Invariant(
                $"warning: the machine is busy: other programs use {others:0.0} of {cores} cores. Disturbed bursts are measured again and weigh little, but a quiet machine gives a better profile."));
    }

    private MeasurementLine Collectives(int ranks, CancellationToken stop)
    {
        progress.Stage($"collectives between {ranks} ranks");
        var limit = TimeSpan.FromSeconds(Math.Max(LeastLinkSeconds, LinkShare * settings.BudgetSeconds));
        var (measured, failure) = machine.Collectives(limit, stop);
        if (failure is not null)
            progress.Stage($"warning: {failure}");
        return new() { At = clock.GetUtcNow(), Collectives = measured, CollectivesFailure = failure };
    }

    private async Task<string> Bursts(RunState state, RunBudget budget, Action<MeasurementLine> keep, CancellationToken stop)
    {
        var device = MachineSpec.Of(state.Environment!, state.Micro!, state.Collectives);
        var matrix = new BurstMatrix(device, settings, state.SiblingsOf(device));
        var pastBudget = 0;
        while (true)
        {
            if (matrix.Again(state, budget.LeftSeconds) is { } again)
            {
                progress.Starting(state.Measurements.Count + 1, again, budget, isRepeat: true);
                await Burst(again, withMemory: false);
                continue;
            }
            var chosen = matrix.Next(state, budget.LeftSeconds);
            if (chosen is null && state.Fitted.Count < LeastFitted && pastBudget < MostPastBudget)
            {
                if (pastBudget++ == 0)
                    progress.Stage($"the budget is spent with {state.Fitted.Count} bursts fitted; the cheapest ones go on, since a "
                        + $"profile needs {LeastFitted}");
                chosen = matrix.Cheapest(state);
            }
            if (chosen is null)
                return Unaffordable(matrix, state);
            if (matrix.IsSettled)
                return $"the ranking of plans is settled; {Worth(chosen)}";
            progress.Starting(state.Measurements.Count + 1, chosen, budget, isRepeat: false);
            await Burst(chosen, BurstCost.WithMemory(state.Bursts.Count));
        }

        async Task Burst(ChosenBurst chosen, bool withMemory)
        {
            var spec = chosen.Burst.Spec;
            foreach (var result in await machine.Burst(spec, BurstCost.TimedSeconds(spec, matrix.StepSeconds(spec)), withMemory, stop))
            {
                keep(new() { At = clock.GetUtcNow(), Burst = result, HeldOut = chosen.HeldOut });
                progress.Ended(result);
            }
        }
    }

    private static string Unaffordable(BurstMatrix matrix, RunState state)
    {
        var next = matrix.Next(state, double.PositiveInfinity);
        return next is null ? "no burst is left" : $"the budget is spent; {Worth(next)}";
    }

    private static string Worth(ChosenBurst next) => next.HeldOut
        ? "the next burst would be held back to prove the profile"
        : $"the next burst ({next.Burst.Spec.Shape.Name}, about {next.Burst.CostSeconds:0} s) would lower the mean uncertainty of step "
        + $"time from {next.DeviationBefore:P1} to {next.DeviationAfter:P1}";

    private RunState Resume()
    {
        if (!File.Exists(folder.Measurements))
            return new([]) { Siblings = SiblingFiles.In(folder.Path) };
        var state = SiblingFiles.Read(folder.Path, problem => progress.Stage($"warning: {problem}"));
        if (state.Environment is { } before && before.Device != DeviceName.Of(settings.Device, settings.Threads))
            throw new InputException($"{folder.Path} was measured on {before.Device}, not on "
                + $"{DeviceName.Of(settings.Device, settings.Threads)}");
        if (state.Environment?.Identity is { HostHash: { } host } known && MachineReader.Read() is { HostHash: { } here } && host != here)
            throw new InputException($"{folder.Path} was measured on another machine, #{known.Tag()}: a profile is of one machine");
        if (state.Collectives is { } link && link.Ranks != (settings.Launch?.Ranks ?? 1))
            throw new InputException($"{folder.Path} was measured on {link.Ranks} ranks: give --ranks {link.Ranks}");
        progress.Stage($"going on after {state.Bursts.Count} bursts");
        return state;
    }
}
