using SlmPlanner.Calibrator.Measurement;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// How fast the machine was while each burst ran, beside its usual pace in the calibration. Measured steps stay as they are; the fit
/// compares them at one pace, since a slow minute says nothing about a configuration.
/// </summary>
/// <param name="UsualSeconds">The median burst's reference work; null where none was timed.</param>
internal sealed record MachinePace(double? UsualSeconds)
{
    /// <summary>
    /// Steps slow down by this power of the reference work's slow-down. Least squares over four configurations (both formats, both attention
    /// kinds) in turns for four minutes gave 1.24 and in another window 1.18, and left 3.7 and 3.3 % of 9.2 and 6.5 % of scatter
    /// (two-core virtual machine, AMD EPYC, 2026-11-24).
    /// </summary>
    private const double Elasticity = 1.2;

    /// <summary>The usual pace of these bursts.</summary>
    public static MachinePace Of(IEnumerable<BurstResult> bursts)
    {
        double[] seconds = [.. bursts.Select(burst => burst.ReferenceSeconds).OfType<double>()];
        return new(seconds.Length == 0 ? null : MedianInterval.Of(seconds).Median);
    }

    /// <summary>How much longer a burst's steps took than at the usual pace, as a factor; 1 where its pace is not known.</summary>
    public double Slowdown(BurstResult burst) =>
        burst.ReferenceSeconds is { } seconds && UsualSeconds is { } usual ? Math.Pow(seconds / usual, Elasticity) : 1;
}
