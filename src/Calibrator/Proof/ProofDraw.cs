using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Proof;

/// <summary>Random configurations for a proof, with steps long enough to be timed and short enough to be repeated.</summary>
/// <param name="Ranges">What they are drawn from.</param>
/// <param name="Parallelism">The scheme by whose predicted step they are judged.</param>
/// <param name="ShortestSeconds">The shortest predicted step.</param>
/// <param name="LongestSeconds">The longest.</param>
internal sealed record ProofDraw(PoolRanges Ranges, BurstParallelism Parallelism, double ShortestSeconds, double LongestSeconds)
{
    private const int PoolSize = 2000;

    /// <summary>The configurations, in an order that the seed decides.</summary>
    public IEnumerable<BurstSpec> Of(MachineModel model, int threads, int seed) => new BurstPool(Ranges, threads, seed).Draw(PoolSize)
        .Where(spec => model.StepSeconds(spec with { Parallelism = Parallelism }) is var seconds && seconds >= ShortestSeconds
            && seconds <= LongestSeconds);
}
