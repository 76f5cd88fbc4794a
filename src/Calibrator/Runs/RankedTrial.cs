using SlmPlanner.Calibrator.Bursts;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>One configuration in every sharding scheme, predicted and measured.</summary>
/// <param name="Schemes">Its schemes with their steps; at least two.</param>
internal sealed record RankedTrial(IReadOnlyList<ProvedBurst> Schemes)
{
    /// <summary>How much slower than the fastest a winner may be and still count: noise of a step.</summary>
    public const double CloseShare = 0.03;

    /// <summary>Seconds of a step in each turn that measured all schemes, in the order of <see cref="Schemes"/>.</summary>
    public IReadOnlyList<double[]> Turns { get; init; } = [];

    /// <summary>
    /// How well the measured winner can be told: every other turn's winner judged by the remaining turns as a predicted one is, and the other
    /// way round. 0, 1 or 2 hits; null with fewer than two turns. No prediction can be expected to do better.
    /// </summary>
    public int? SelfHits => Turns.Count < 2 ? null : SelfHit(0, 1) + SelfHit(1, 0);

    /// <summary>The scheme that was predicted to be the fastest.</summary>
    public BurstParallelism PredictedWinner => Schemes.MinBy(burst => burst.PredictedSeconds)!.Spec.Parallelism;

    /// <summary>The scheme that was.</summary>
    public BurstParallelism MeasuredWinner => Schemes.MinBy(burst => burst.MeasuredSeconds)!.Spec.Parallelism;

    /// <summary>True when the predicted winner is the measured one or within 3 % of it.</summary>
    public bool Hit => Schemes.Single(burst => burst.Spec.Parallelism == PredictedWinner).MeasuredSeconds
        <= (1 + CloseShare) * Schemes.Min(burst => burst.MeasuredSeconds);

    private int SelfHit(int named, int judging)
    {
        var (one, other) = (Least(named), Least(judging));
        return other[Array.IndexOf(one, one.Min())] <= (1 + CloseShare) * other.Min() ? 1 : 0;
    }

    /// <summary>The least disturbed of the even (0) or odd (1) turns.</summary>
    private double[] Least(int parity) =>
        [.. Schemes.Select((_, scheme) => Turns.Where((_, turn) => turn % 2 == parity).Min(turn => turn[scheme]))];
}
