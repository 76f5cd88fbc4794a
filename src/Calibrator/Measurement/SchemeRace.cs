using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.Processes;
using SlmPlanner.Data.Measurements.Bursts;


namespace SlmPlanner.Calibrator.Measurement;

/// <summary>
/// One configuration trained in every scheme by the same processes, which take a step of each in turn: a moment in which the machine is
/// slow falls on all of them alike, so that their differences can be told where single bursts differ by more than the schemes do.
/// </summary>
internal static class SchemeRace
{
    /// <summary>The schemes that a plan chooses among.</summary>
    public static IReadOnlyList<BurstParallelism> Schemes { get; } =
        [BurstParallelism.Ddp, BurstParallelism.Zero2, BurstParallelism.FsdpFull];

    /// <summary>Runs the race on one rank.</summary>
    /// <param name="spec">The configuration; its own scheme does not matter.</param>
    /// <param name="device">Where.</param>
    /// <param name="rules">When to stop; one step of each scheme counts as one.</param>
    /// <param name="group">The ranks that train together; at least two.</param>
    /// <param name="stop">Ends it before the next step.</param>
    public static RankReport Run(BurstSpec spec, IComputeDevice device, StoppingRules rules, RankGroup group, CancellationToken stop)
    {
        List<TrainingRun> runs = [];
        try
        {
            var baseline = device.CurrentMemory();
            foreach (var scheme in Schemes)
                runs.Add(RankedTraining.Start(spec with { Parallelism = scheme }, device, group));
            var samples = Schemes.Select(_ => new List<StepSample>()).ToArray();
            var round = 0;
            foreach (var _ in StageLoop.Run(rules, Round, stop))
            {
                if (round == 1 && !device.RunsBehindHost)
                    HeapReserve.Touch((device.PeakMemory() - baseline).Count, group.RanksPerHost);
            }
            return new() { Status = BurstStatus.Ok, RanksPerHost = group.RanksPerHost, Race = samples, Torch = TorchRuntime.Version };

            StepSample Round(bool warmup, bool last)
            {
                var seconds = 0.0;
                for (var place = 0; place < runs.Count; place++)
                {
                    var scheme = (round + place) % runs.Count;
                    samples[scheme].Add(group.Agree(runs[scheme].Step(warmup, last)));
                    seconds += samples[scheme][^1].StepSeconds;
                }
                round++;
                return samples[0][^1] with { StepSeconds = seconds };
            }
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }
}
