using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>All ranks of a run, as they communicate on the host and on the device that they train on.</summary>
/// <param name="Host">Host memory: nothing or MPI.</param>
/// <param name="Device">Device memory: NCCL on GPUs, the same as <paramref name="Host"/> on CPUs.</param>
/// <param name="Memory">Memory for <paramref name="Device"/>.</param>
/// <param name="RanksPerHost">Ranks that share a host.</param>
/// <param name="Cuda">The GPU of this rank; null on CPUs.</param>
internal sealed record RankGroup(ICollectives Host, ICollectives Device, IMessageMemory Memory, int RanksPerHost, int? Cuda)
{
    /// <summary>This rank.</summary>
    public int Rank => Host.Rank;

    /// <summary>All ranks.</summary>
    public int Size => Host.Size;

    /// <summary>One process on the CPU.</summary>
    public static RankGroup Solo() => OnCpu(new SoloCollectives(), ranksPerHost: 1);

    /// <summary>Ranks that train on CPUs.</summary>
    public static RankGroup OnCpu(ICollectives group, int ranksPerHost) => new(group, group, new HostMemory(), ranksPerHost, null);

    /// <summary>The slowest rank's time and the mean loss, so that all ranks stop after the same step.</summary>
    public StepSample Agree(StepSample sample) => Size == 1
        ? sample
        : sample with { StepSeconds = Gather(sample.StepSeconds).Max(), Loss = Gather(sample.Loss).Average() };

    /// <summary>Every rank's value, in rank order, the same on every rank.</summary>
    public unsafe double[] Gather(double value)
    {
        var all = new double[Size];
        fixed (double* whole = all)
        {
            Host.Run(Collective.AllGather(
                new DataBuffer((nint)(&value), sizeof(double), ElementType.Byte),
                new DataBuffer((nint)whole, sizeof(double) * Size, ElementType.Byte)));
        }
        return all;
    }
}
