using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Performance;

/// <summary>
/// Collectives of data-parallel training and what of them shows: ring transfers at the slower of the two datasheet links, or the
/// measured link of a calibrated machine.
/// </summary>
internal static class CommunicationTime
{
    private const double GradientBytes = 2, MainGradientBytes = 4, ParameterBytes = 2;
    private const double HingeSharpness = 6, HideableShare = 0.9, BackwardShare = 0.6;

    /// <summary>Exposed seconds of one step.</summary>
    /// <param name="shape">Parameters of the model, and its blocks, each of which has its own collectives.</param>
    /// <param name="links">Datasheet rates.</param>
    /// <param name="setup">Ranks, nodes, sharding, accumulation.</param>
    /// <param name="microBatchSeconds">Computation of one micro-batch, behind which communication hides.</param>
    /// <param name="c">Coefficients, not logarithms.</param>
    public static double ExposedSeconds(
        in ShapeCosts shape, in LinkRates links, in TrainingSetup setup, double microBatchSeconds, ReadOnlySpan<double> c)
    {
        double ranks = setup.Gpus, nodes = Math.Max(1.0, ranks / setup.GpusPerNode);
        if (ranks <= 1)
            return 0;
        var shown = 1 / (1 + c[(int)StepCoefficient.Overlap]);
        if (MeasuredCommunication.LinkFor(links, setup) is { } measured)
            return Measured(MeasuredCommunication.Of(shape, measured, setup), measured, setup.GradAccum, microBatchSeconds, shown, c);
        var (perMicroBatch, perStep) = ByDatasheet(shape.Parameters, shape.Layers, links, setup, c);
        return setup.GradAccum * Exposed(perMicroBatch, microBatchSeconds, shown)
            + Exposed(perStep, microBatchSeconds * BackwardShare, shown);
    }

    /// <summary>Collectives inside training take longer or shorter than in their benchmark by what the fit found.</summary>
    private static double Measured(
        in MessageSeconds messages, MachineLink link, int microBatches, double microBatchSeconds, double shown, ReadOnlySpan<double> c)
    {
        var slower = c[(int)(link.BetweenHosts ? StepCoefficient.InterNodeInverseEfficiency : StepCoefficient.IntraNodeInverseEfficiency)];
        var window = microBatchSeconds * BackwardShare;
        return microBatches * (slower * messages.BlockingPerMicroBatch + Exposed(slower * messages.BesidePerMicroBatch, window, shown))
            + slower * messages.BlockingPerStep + Exposed(slower * messages.BesidePerStep, window, shown);
    }

    /// <summary>
    /// Reduce-scatter and all-gather run as rings, whose latency grows with the ranks; all-reduce as a tree, whose latency grows with
    /// their logarithm (NCCL up to 2.22 has trees for all-reduce alone).
    /// </summary>
    private static (double PerMicroBatch, double PerStep) ByDatasheet(
        double parameters, double layers, in LinkRates links, in TrainingSetup setup, ReadOnlySpan<double> c)
    {
        double ranks = setup.Gpus, nodes = Math.Max(1.0, ranks / setup.GpusPerNode);
        var inside = links.IntraBytes / c[(int)StepCoefficient.IntraNodeInverseEfficiency];
        var between = Math.Min(links.IntraBytes, links.InterBytes) / c[(int)StepCoefficient.InterNodeInverseEfficiency]
            / Math.Pow(nodes, c[(int)StepCoefficient.Congestion]);
        var rate = nodes > 1 ? Math.Min(inside, between) : inside;
        double hop = c[(int)StepCoefficient.RingHopSeconds] * layers, level = c[(int)StepCoefficient.CollectiveLatencySeconds] * layers;
        var gather = c[(int)StepCoefficient.GatherTraffic];

        double Transfer(double bytesPerParameter, double pool, double group, double bytesPerSecond) =>
            (group - 1) / group * bytesPerParameter * pool / bytesPerSecond;
        double Ring(double bytesPerParameter, double group, double bytesPerSecond) =>
            Transfer(bytesPerParameter, parameters, group, bytesPerSecond) + hop * (group - 1);
        double AllReduce(double pool, double group, double bytesPerSecond) =>
            2 * (Transfer(MainGradientBytes, pool, group, bytesPerSecond) + level * Math.Log2(group));

        var isHybrid = setup.Layout.Scheme == SchemeName.Hsdp && nodes > 1;
        var (groupRanks, groupRate) = isHybrid ? (setup.GpusPerNode, inside) : (ranks, rate);
        var allGather = Ring(ParameterBytes, groupRanks, groupRate);
        var scatter = Ring(GradientBytes, groupRanks, groupRate);
        double stateRanks = setup.OptimizerRanks;
        return setup.Layout.Scheme switch
        {
            SchemeName.Ddp => (0.0, AllReduce(parameters, ranks, rate)),
            SchemeName.Zero1 when stateRanks < ranks => (0.0,
                AllReduce(parameters, ranks, rate) + Ring(ParameterBytes, stateRanks, stateRanks <= setup.GpusPerNode ? inside : rate)),
            SchemeName.Zero1 => (0.0, Ring(MainGradientBytes, ranks, rate) + allGather),
            SchemeName.Zero2 => (gather * scatter, allGather),
            SchemeName.FsdpGradOp => (gather * (allGather + scatter), 0.0),
            SchemeName.Hsdp when isHybrid => (gather * (2 * allGather + scatter), AllReduce(parameters / groupRanks, nodes, between / groupRanks)),
            _ => (gather * (2 * allGather + scatter), 0.0),
        };
    }

    /// <summary>What exceeds the window, and of the rest the share that is not hidden.</summary>
    private static double Exposed(double seconds, double windowSeconds, double shown)
    {
        var window = windowSeconds * HideableShare;
        var excess = SmoothMaximum.Of(window, seconds, HingeSharpness) - window;
        return excess * (1 - shown) + shown * seconds;
    }
}
