using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Risk;

/// <summary>
/// Spot machines first, machines on demand once the deadline would be missed otherwise. A run works on spot while the time that is left is
/// more than it needs on demand for the rest, the restart, and one failure in reserve; waiting for spot capacity ends when that is used up.
/// Stops, restarts and waits are drawn as in <see cref="RunSimulation"/>; checkpoints are written as often as spot asks for.
/// </summary>
/// <param name="model">What runs do besides their steps.</param>
internal sealed class SpotPolicy(RunModel model)
{
    /// <summary>The policy beside always-spot and always-on-demand.</summary>
    /// <param name="onDemand">The run at its median step time and the price on demand.</param>
    /// <param name="spotUsdPerHour">The interruptible price of the same machines, USD per hour in all.</param>
    /// <param name="logSpread">Standard deviation of the logarithm of the step time.</param>
    /// <param name="deadlineHours">The deadline.</param>
    /// <param name="seed">Seed: all three see the same luck in step time.</param>
    /// <param name="draws">Number of draws.</param>
    public SpotPolicyEstimate Estimate(
        in RunDemand onDemand, double spotUsdPerHour, double logSpread, double deadlineHours, int seed, int draws = MonteCarlo.DefaultDraws)
    {
        var expected = model.Expect(onDemand with { Spot = true }, logSpread);
        var demand = onDemand with { Spot = false };
        var reserve = Reserve(expected.CheckpointIntervalSeconds, demand.Compile) / 3600;
        return new(
            deadlineHours,
            deadlineHours - model.Expect(demand, logSpread).Hours,
            reserve,
            Outcome(demand, spotUsdPerHour, logSpread, deadlineHours, Way.Switching, seed, draws),
            Outcome(demand, spotUsdPerHour, logSpread, deadlineHours, Way.Spot, seed, draws),
            Outcome(demand, spotUsdPerHour, logSpread, deadlineHours, Way.OnDemand, seed, draws));
    }

    private PolicyOutcome Outcome(in RunDemand run, double spotUsdPerHour, double logSpread, double deadlineHours, Way way, int seed,
        int draws)
    {
        var random = new Xoshiro256StarStar(seed);
        var (cost, hours, late, share) = (new double[draws], new double[draws], 0, 0.0);
        for (var draw = 0; draw < draws; draw++)
        {
            var drawn = run with { StepSeconds = run.StepSeconds * Math.Exp(logSpread * Normal.Sample(random, 0, 1)) };
            var luck = new Xoshiro256StarStar(unchecked(seed * 7919 + draw));
            var clock = new Clock(model, drawn, deadlineHours * 3600, way, luck);
            clock.Run();
            hours[draw] = clock.Wall / 3600;
            cost[draw] = (spotUsdPerHour * run.Billing.Billed(clock.OnSpot) * (clock.OnSpot > 0 ? 1 : 0)
                + run.UsdPerHour * run.Billing.Billed(clock.OnDemand) * (clock.OnDemand > 0 ? 1 : 0) + run.StorageUsdPerHour * clock.Wall)
                / 3600 + run.EgressUsd;
            late += clock.Wall > deadlineHours * 3600 ? 1 : 0;
            share += clock.OnSpot / (clock.OnSpot + clock.OnDemand);
        }
        return new(cost.Average(), new Distribution(cost).Quantile(0.9), hours.Average(), (double)late / draws, share / draws);
    }

    /// <summary>Time of one failure and its restart, kept for the part on demand.</summary>
    private double Reserve(double segmentSeconds, bool compile) =>
        model.Assumptions.UntilResumed(compile) + model.Assumptions.WaitAfterFailureSeconds + segmentSeconds;

    private enum Way
    {
        Switching,
        Spot,
        OnDemand,
    }

    /// <summary>One run: where it works, what it waits for, and when it changes over.</summary>
    private sealed class Clock
    {
        private readonly RunAssumptions _assumed;
        private readonly RunDemand _run;
        private readonly Random _random;
        private readonly double _deadline, _segment, _reserve, _restart;
        private readonly Way _way;
        private long _left;
        private long _stops;

        public Clock(RunModel model, RunDemand run, double deadlineSeconds, Way way, Random random)
        {
            (_assumed, _run, _deadline, _random) = (model.Assumptions, run, deadlineSeconds, random);
            var spot = model.Expect(run with { Spot = true });
            var needed = model.Expect(run).WallSeconds + _assumed.UntilResumed(run.Compile);
            _way = way == Way.Switching && needed >= deadlineSeconds ? Way.OnDemand : way;
            var plan = _way == Way.OnDemand ? model.Expect(run) : spot;
            _left = double.IsFinite(plan.Checkpoints) ? (long)plan.Checkpoints : 1;
            _segment = plan.CheckpointIntervalSeconds + run.Checkpoint / _assumed.CheckpointWrite;
            _restart = _assumed.UntilResumed(run.Compile);
            _reserve = _restart + _assumed.WaitAfterFailureSeconds + _segment;
        }

        public double Wall { get; private set; }

        public double OnSpot { get; private set; }

        public double OnDemand { get; private set; }

        /// <summary>Time that is left beyond what the rest needs on demand, with a restart and one failure in reserve.</summary>
        private double Slack => _deadline - Wall - _left * _segment - _restart - _reserve;

        public void Run()
        {
            Wall += Wait(_assumed.QueueSeconds);
            var onSpot = _way != Way.OnDemand && !(_way == Way.Switching && Slack <= 0);
            Bill(_assumed.UntilFirstStep(_run.Compile), onSpot);
            while (_left > 0 && _stops < RunModel.MostStops)
                onSpot = onSpot ? WorkOnSpot() : WorkOnDemand();
            if (_left > 0)
                Wall = double.PositiveInfinity;
        }

        /// <summary>Works until a stop and gets going again; false when the rest is done on demand.</summary>
        private bool WorkOnSpot()
        {
            var rate = _assumed.StopsPerSecond(_run.Nodes, spot: true);
            if (Worked(rate, spot: true))
                return true;
            var failed = _random.NextDouble() < _assumed.FailureShare(spot: true);
            var wait = Wait(failed ? _assumed.WaitAfterFailureSeconds : _assumed.WaitAfterInterruptionSeconds);
            if (_way == Way.Switching && wait > Slack)
            {
                Wall += Math.Max(0, Slack);
                Resume(spot: false);
                return false;
            }
            if (failed)
                Bill(wait, spot: true);
            else
                Wall += wait;
            Resume(spot: true);
            return !(_way == Way.Switching && Slack <= 0) || ChangeOver();
        }

        private bool WorkOnDemand()
        {
            if (Worked(_assumed.StopsPerSecond(_run.Nodes, spot: false), spot: false))
                return false;
            Bill(Wait(_assumed.WaitAfterFailureSeconds), spot: false);
            Resume(spot: false);
            return false;
        }

        /// <summary>The restart on spot used up the slack: the rest is done on demand after another restart.</summary>
        private bool ChangeOver()
        {
            Resume(spot: false);
            return false;
        }

        /// <summary>Works through segments until all are done (true) or a stop, which loses the segment it falls into.</summary>
        private bool Worked(double rate, bool spot)
        {
            var untilStop = rate > 0 ? Exponential.Sample(_random, rate) : double.PositiveInfinity;
            var all = _left * _segment;
            if (untilStop >= all)
            {
                Bill(all, spot);
                _left = 0;
                return true;
            }
            _left -= (long)(untilStop / _segment);
            Bill(untilStop, spot);
            _stops++;
            return false;
        }

        /// <summary>Starts again, once more for every stop meanwhile.</summary>
        private void Resume(bool spot)
        {
            var rate = _assumed.StopsPerSecond(_run.Nodes, spot);
            while (_stops < RunModel.MostStops)
            {
                var untilStop = rate > 0 ? Exponential.Sample(_random, rate) : double.PositiveInfinity;
                Bill(Math.Min(untilStop, _restart), spot);
                if (untilStop >= _restart)
                    return;
                _stops++;
                if (_random.NextDouble() < _assumed.FailureShare(spot))
                    Bill(Wait(_assumed.WaitAfterFailureSeconds), spot);
                else
                    Wall += Wait(_assumed.WaitAfterInterruptionSeconds);
            }
        }

        private void Bill(double seconds, bool spot)
        {
            Wall += seconds;
            if (spot)
                OnSpot += seconds;
            else
                OnDemand += seconds;
        }

        private double Wait(double mean) => mean > 0 ? Exponential.Sample(_random, 1 / mean) : 0;
    }
}

/// <summary>Spot first and on demand when the deadline asks for it, beside the two pure ways.</summary>
/// <param name="DeadlineHours">The deadline.</param>
/// <param name="SlackHours">Time between the deadline and the expected end on demand.</param>
/// <param name="ReserveHours">Slack left at which the run changes over, besides a restart: one failure's worth.</param>
/// <param name="Switching">The policy.</param>
/// <param name="AlwaysSpot">Spot to the end.</param>
/// <param name="AlwaysOnDemand">On demand from the start.</param>
public sealed record SpotPolicyEstimate(
    double DeadlineHours, double SlackHours, double ReserveHours, PolicyOutcome Switching, PolicyOutcome AlwaysSpot,
    PolicyOutcome AlwaysOnDemand);

/// <summary>What a way to rent comes to, by simulation.</summary>
/// <param name="CostUsdExpected">Expected USD.</param>
/// <param name="CostUsdNinety">USD not exceeded in nine of ten.</param>
/// <param name="HoursExpected">Expected hours.</param>
/// <param name="LateProbability">Probability of missing the deadline, 0 to 1.</param>
/// <param name="SpotShare">Mean share of the billed time on spot machines, 0 to 1.</param>
public sealed record PolicyOutcome(double CostUsdExpected, double CostUsdNinety, double HoursExpected, double LateProbability,
    double SpotShare);
