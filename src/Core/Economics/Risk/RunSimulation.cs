using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Economics.Risk;

/// <summary>
/// Draws runs under the assumptions of <see cref="RunModel"/>: a log-normal step time (one draw per run: what the
/// performance model does not know is the same for all steps), Poisson stops over billed time, segments lost and
/// restarts repeated, exponential waits. The closed form is its mean at a known step time.
/// </summary>
internal sealed class RunSimulation(RunModel model)
{
    /// <summary>Draws one run.</summary>
    /// <param name="run">The run at its median step time.</param>
    /// <param name="logSpread">Standard deviation of the logarithm of the step time, ≥ 0.</param>
    /// <param name="random">The source of randomness; the same state gives the same run.</param>
    public SimulatedRun Draw(in RunDemand run, double logSpread, Random random)
    {
        var drawn = run with { StepSeconds = run.StepSeconds * Math.Exp(logSpread * Normal.Sample(random, 0, 1)) };
        var expected = model.Expect(drawn);
        var clock = new Clock(model.Assumptions, drawn, random);
        clock.Start();
        var segment = expected.CheckpointIntervalSeconds + drawn.Checkpoint / model.Assumptions.CheckpointWrite;
        return clock.Train((long)expected.Checkpoints, segment)
            ? new(clock.Billed + clock.Unbilled, clock.Billed, drawn.CostUsd(clock.Billed, clock.Billed + clock.Unbilled), clock.Stops)
            : SimulatedRun.Never(clock.Stops);
    }

    /// <summary>The two clocks of a run and what makes them advance.</summary>
    private sealed class Clock(RunAssumptions assumptions, RunDemand run, Random random)
    {
        private readonly double _rate = assumptions.StopsPerSecond(run.Nodes, run.Spot);
        private readonly double _restart = assumptions.UntilResumed(run.Compile);
        private readonly double _failureShare = assumptions.FailureShare(run.Spot);

        public double Billed { get; private set; }

        public double Unbilled { get; private set; }

        public long Stops { get; private set; }

        /// <summary>Queue, start-up and compilation.</summary>
        public void Start()
        {
            Unbilled += Wait(assumptions.QueueSeconds);
            Billed += assumptions.UntilFirstStep(run.Compile);
        }

        /// <summary>
        /// Works through segments until all are done, each stop losing the segment it falls into. False once the run counts
        /// as never finishing.
        /// </summary>
        public bool Train(long segments, double segmentSeconds)
        {
            while (segments > 0)
            {
                var untilStop = _rate > 0 ? Exponential.Sample(random, _rate) : double.PositiveInfinity;
                if (untilStop >= segments * segmentSeconds)
                {
                    Billed += segments * segmentSeconds;
                    return true;
                }

                segments -= (long)(untilStop / segmentSeconds);
                Billed += untilStop;
                Stop();
                if (!Restart())
                    return false;
            }

            return true;
        }

        /// <summary>Restarts, again if stopped meanwhile; false once the run counts as never finishing.</summary>
        private bool Restart()
        {
            while (Stops < RunModel.MostStops)
            {
                var untilStop = Exponential.Sample(random, _rate);
                Billed += Math.Min(untilStop, _restart);
                if (untilStop >= _restart)
                    return true;
                Stop();
            }

            return false;
        }

        private void Stop()
        {
            Stops++;
            if (random.NextDouble() < _failureShare)
                Billed += Wait(assumptions.WaitAfterFailureSeconds);
            else
                Unbilled += Wait(assumptions.WaitAfterInterruptionSeconds);
        }

        private double Wait(double mean) => mean > 0 ? Exponential.Sample(random, 1 / mean) : 0;
    }
}
