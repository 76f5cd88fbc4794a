using SlmPlanner.Calibrator.Bursts;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>One configuration in every sharding scheme, predicted and measured.</summary>
/// <param name="Schemes">Its schemes with their steps; at least two.</param>
internal sealed record RankedTrial(IReadOnlyList<ProvedBurst> Schemes)
{
    /// <summary>How much slower than the fastest a winner may be and still count: noise of a step.</summary>
    public const double CloseShare = 0.03;

    /// <summary>The scheme that was predicted to be the fastest.</summary>
    public BurstParallelism PredictedWinner => Schemes.MinBy(burst => burst.PredictedSeconds)!.Spec.Parallelism;

    /// <summary>The scheme that was.</summary>
    public BurstParallelism MeasuredWinner => Schemes.MinBy(burst => burst.MeasuredSeconds)!.Spec.Parallelism;

    /// <summary>True when the predicted winner is the measured one or within 3 % of it.</summary>
    public bool Hit => Schemes.Single(burst => burst.Spec.Parallelism == PredictedWinner).MeasuredSeconds
        <= (1 + CloseShare) * Schemes.Min(burst => burst.MeasuredSeconds);
}
