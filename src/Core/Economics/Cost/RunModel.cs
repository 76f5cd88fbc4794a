namespace SlmPlanner.Core.Economics.Cost;

/// <summary>
/// Length and cost of a run in closed form: queue, start-up, compilation, steps, evaluation, checkpoints, and the time
/// that failures and interruptions lose. Stops are a Poisson process over billed time. Work is cut into n equal
/// segments of length s with a checkpoint each; a stop loses the segment so far and costs a restart R, which can be
/// stopped itself. Billed time is then n · e^(R/M) · (e^(s/M) − 1) · M (Daly 2006, FGCS 22, eq. 20) and the number of
/// stops is billed time / M (Wald). Allocates nothing: the search calls it for every candidate.
/// </summary>
public sealed class RunModel(RunAssumptions assumptions)
{
    /// <summary>Stops after which a run counts as never finishing, expected and drawn alike.</summary>
    public const int MostStops = 100_000;

    private const double SmallExponent = 0.1;

    /// <summary>1/10! to 1/1!.</summary>
    private static ReadOnlySpan<double> InverseFactorials =>
        [1.0 / 3_628_800, 1.0 / 362_880, 1.0 / 40_320, 1.0 / 5_040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2, 1];

    /// <summary>What the model assumes.</summary>
    public RunAssumptions Assumptions { get; } = assumptions;

    /// <summary>
    /// Expected length and cost at the given step time. Infinite, not an error, when more than
    /// <see cref="MostStops"/> stops are expected: such a run counts as never finishing.
    /// </summary>
    public RunEstimate Expect(in RunDemand run) => At(run.StepSeconds, run, StopsOf(run));

    /// <summary>What stops do to a run, whatever its steps.</summary>
    internal RunStops StopsOf(in RunDemand run)
    {
        var write = run.Checkpoint / Assumptions.CheckpointWrite;
        var rate = Assumptions.StopsPerSecond(run.Nodes, run.Spot);
        return new(rate, Assumptions.FailureShare(run.Spot), write, CheckpointInterval.Seconds(write, rate),
            Math.Exp(Assumptions.UntilResumed(run.Compile) * rate));
    }

    /// <summary>The run at another step time than its own.</summary>
    private RunEstimate At(double stepSeconds, in RunDemand run, in RunStops stopping)
    {
        var (work, rate) = (stepSeconds * run.Steps * (1 + Assumptions.EvaluationShare), stopping.PerSecond);
        var segments = Segments(work, stopping.IntervalSeconds);
        var segment = work / segments + stopping.WriteSeconds;
        var training = rate > 0 ? segments * stopping.ResumeFactor * ExpMinusOne(segment * rate) / rate : segments * segment;
        var stops = rate * training;
        if (!(double.IsFinite(training) && stops <= MostStops))
            return Never(work, segments);
        var failures = stops * stopping.FailureShare;
        var billed = Assumptions.UntilFirstStep(run.Compile) + training + failures * Assumptions.WaitAfterFailureSeconds;
        var wall = Assumptions.QueueSeconds + billed + (stops - failures) * Assumptions.WaitAfterInterruptionSeconds;
        var cost = run.CostUsd(billed, wall);
        return new(wall, billed, cost, work / segments, segments, stops, work);
    }

    /// <summary>
    /// Expected length and cost where the step time is log-normal: those at its mean, which is its median · e^(σ²/2).
    /// Exact where they are proportional to the step time; see docs/risk.md for where they are not.
    /// </summary>
    /// <param name="run">The run at its median step time.</param>
    /// <param name="logSpread">σ, the standard deviation of the logarithm of the step time, ≥ 0.</param>
    public RunEstimate Expect(in RunDemand run, double logSpread) => Expect(run, logSpread, StopsOf(run));

    /// <summary>The same where it is known what stops do.</summary>
    internal RunEstimate Expect(in RunDemand run, double logSpread, in RunStops stops) =>
        At(run.StepSeconds * Math.Exp(logSpread * logSpread / 2), run, stops);

    /// <summary>
    /// Length and cost that are kept with the probability whose standard normal quantile is <paramref name="z"/>: the
    /// run at a step time e^(z σ) as long, where σ² adds the step time's log variance and that of delays
    /// (<see cref="DelaySpread(in RunDemand, in RunEstimate)"/>) of the expected run. An approximation that Monte Carlo
    /// (<c>Risk.RunSimulation</c>) checks.
    /// </summary>
    /// <param name="run">The run at its median step time.</param>
    /// <param name="logSpread">Standard deviation of the logarithm of the step time, ≥ 0.</param>
    /// <param name="z">Standard normal quantile: 0 for the median, 1.2816 for 90 %.</param>
    public RunEstimate AtQuantile(in RunDemand run, double logSpread, double z)
    {
        var stops = StopsOf(run);
        return AtQuantile(run, Expect(run, logSpread, stops), logSpread, z, stops);
    }

    /// <summary>The same where the expected run is at hand already, and what stops do.</summary>
    internal RunEstimate AtQuantile(in RunDemand run, in RunEstimate expected, double logSpread, double z, in RunStops stops)
    {
        var delays = DelaySpread(run, expected, stops);
        var spread = Math.Sqrt(logSpread * logSpread + delays * delays);
        return At(run.StepSeconds * Math.Exp(z * spread), run, stops);
    }

    /// <summary>
    /// Standard deviation of the wall time due to stops, as a share of it, and to the exponential queue, as a share of the
    /// steps. A Poisson number of stops each cost c: a uniform part of a segment s, a restart R, and a wait W that is
    /// exponential with the mean of a failure or of an interruption. E[c²] = E[W²] + R² + 2 R E[W] + (R + E[W]) s + s²/3, with
    /// E[W²] = 2 (f w_f² + (1 − f) w_i²) where a share f of stops are failures.
    /// </summary>
    public double DelaySpread(in RunDemand run, in RunEstimate expected) => DelaySpread(run, expected, StopsOf(run));

    private double DelaySpread(in RunDemand run, in RunEstimate expected, in RunStops stopping)
    {
        var work = run.StepSeconds * run.Steps;
        var queue = work > 0 ? Assumptions.QueueSeconds / work : 0;
        if (!(expected.Stops > 0) || double.IsInfinity(expected.WallSeconds))
            return queue;
        var segment = expected.CheckpointIntervalSeconds + stopping.WriteSeconds;
        var failures = stopping.FailureShare;
        var (afterFailure, afterInterruption) = (Assumptions.WaitAfterFailureSeconds, Assumptions.WaitAfterInterruptionSeconds);
        var wait = failures * afterFailure + (1 - failures) * afterInterruption;
        var waitSquare = 2 * (failures * afterFailure * afterFailure + (1 - failures) * afterInterruption * afterInterruption);
        var restart = Assumptions.UntilResumed(run.Compile);
        var square = waitSquare + restart * restart + 2 * restart * wait + (restart + wait) * segment + segment * segment / 3;
        return Math.Sqrt(expected.Stops * square / (expected.WallSeconds * expected.WallSeconds) + queue * queue);
    }

    private static RunEstimate Never(double work, double segments)
    {
        const double Never = double.PositiveInfinity;
        return new(Never, Never, Never, work / segments, segments, Never, work);
    }

    /// <summary>
    /// e^x − 1 without cancellation at small x ≥ 0: Taylor's series up to 0.1, where its next term is 10⁻¹⁸ of the sum; else Higham,
    /// Accuracy and Stability, § 1.14.1. The library's allocates.
    /// </summary>
    internal static double ExpMinusOne(double x)
    {
        if (x <= SmallExponent)
        {
            var sum = 0.0;
            foreach (var coefficient in InverseFactorials)
                sum = Math.FusedMultiplyAdd(sum, x, coefficient);
            return sum * x;
        }
        var power = Math.Exp(x);
        return double.IsInfinity(power) ? power : (power - 1) * x / Math.Log(power);
    }

    /// <summary>Segments of about Daly's length, at least one.</summary>
    /// <param name="work">Seconds of work.</param>
    /// <param name="interval">Daly's length, seconds; 0 where writing is free.</param>
    internal static double Segments(double work, double interval) =>
        interval > 0 ? Math.Max(1, Math.Round(work / interval)) : Math.Max(1, Math.Ceiling(work));
}

/// <summary>What stops do to a run on some machines with a checkpoint of some size: the same for all its set-ups.</summary>
/// <param name="PerSecond">Stops per second, ≥ 0.</param>
/// <param name="FailureShare">Share of them that are failures, 0 to 1.</param>
/// <param name="WriteSeconds">Seconds of writing a checkpoint.</param>
/// <param name="IntervalSeconds">Training time between checkpoints that loses least; see <see cref="CheckpointInterval"/>.</param>
/// <param name="ResumeFactor">By how much restarts that are stopped themselves lengthen training: e^(R/M).</param>
internal readonly record struct RunStops(
    double PerSecond, double FailureShare, double WriteSeconds, double IntervalSeconds, double ResumeFactor);
