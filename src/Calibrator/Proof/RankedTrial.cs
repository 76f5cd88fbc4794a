using MathNet.Numerics.Statistics;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Proof;

/// <summary>One configuration in every sharding scheme, predicted and measured.</summary>
/// <param name="Schemes">Its schemes with their steps; at least two.</param>
internal sealed record RankedTrial(IReadOnlyList<ProvedBurst> Schemes)
{
    /// <summary>How much slower than the fastest a winner may be and still count: noise of a step.</summary>
    public const double CloseShare = 0.03;

    /// <summary>Seconds of a step in each race of all schemes, in the order of <see cref="Schemes"/>.</summary>
    public IReadOnlyList<double[]> Races { get; init; } = [];

    /// <summary>
    /// How well the measured winner can be told: the winner of every other race judged by the remaining ones as a predicted one is, and the
    /// other way round. 0, 1 or 2 hits; null with fewer than two races. No prediction can be expected to do better.
    /// </summary>
    public int? SelfHits => Races.Count < 2 ? null : SelfHit(0, 1) + SelfHit(1, 0);

    /// <summary>The scheme that was predicted to be the fastest.</summary>
    public BurstParallelism PredictedWinner => Schemes.MinBy(burst => burst.PredictedSeconds)!.Spec.Parallelism;

    /// <summary>The scheme that was.</summary>
    public BurstParallelism MeasuredWinner => Schemes.MinBy(burst => burst.MeasuredSeconds)!.Spec.Parallelism;

    /// <summary>How much slower than the fastest scheme the one predicted to be the fastest is, as a share.</summary>
    public double Loss => LossOf(PredictedWinner);

    /// <summary>True when the predicted winner is the measured one or within 3 % of it.</summary>
    public bool Hit => HitOf(PredictedWinner);

    /// <summary>True when a scheme is the measured winner or within 3 % of it.</summary>
    public bool HitOf(BurstParallelism scheme) => LossOf(scheme) <= CloseShare;

    /// <summary>Puts predictions beside what races measured.</summary>
    /// <param name="predicted">Every scheme's prediction.</param>
    /// <param name="races">Seconds of a step of each scheme, race by race; at least one race.</param>
    public static RankedTrial Of(IReadOnlyList<ProvedBurst> predicted, IReadOnlyList<double[]> races) =>
        new([.. predicted.Zip(Settled(races), (burst, seconds) => burst with { MeasuredSeconds = seconds })]) { Races = races };

    /// <summary>
    /// Each scheme's step over all races: the median race's mean over the schemes, times the mean ratio of the scheme to its race's mean. A
    /// slow race thus moves no scheme against another.
    /// </summary>
    private static double[] Settled(IReadOnlyList<double[]> races)
    {
        double[] levels = [.. races.Select(race => race.Average(Math.Log))];
        var level = levels.Median();
        return [.. races[0].Select((_, scheme) =>
            Math.Exp(level + races.Zip(levels, (race, mean) => Math.Log(race[scheme]) - mean).Average()))];
    }

    private double LossOf(BurstParallelism scheme) =>
        Schemes.Single(burst => burst.Spec.Parallelism == scheme).MeasuredSeconds / Schemes.Min(burst => burst.MeasuredSeconds) - 1;

    private int SelfHit(int named, int judging)
    {
        double[] Half(int parity) => Settled([.. Races.Where((_, race) => race % 2 == parity)]);
        var (one, other) = (Half(named), Half(judging));
        return other[Array.IndexOf(one, one.Min())] <= (1 + CloseShare) * other.Min() ? 1 : 0;
    }
}
