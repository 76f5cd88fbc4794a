using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Machine;

/// <summary>
/// How fast the machine was while each burst ran, beside its usual pace in the calibration. Measured steps stay as they are; the fit
/// compares them at one pace, since a slow minute says nothing about a configuration.
/// </summary>
/// <param name="UsualSeconds">The median burst's reference work; null where none was timed.</param>
/// <param name="Elasticity">Steps slow down by this power of the reference work's slow-down.</param>
internal sealed record MachinePace(double? UsualSeconds, double Elasticity = MachinePace.UsualElasticity)
{
    /// <summary>
    /// Least squares over four configurations in turns gave 1.24 and 1.18 (AMD EPYC, 2026-11-24), over 24 configurations in two turns 0.84
    /// (Intel Xeon, 2026-11-27), each on a two-core virtual machine: about one, and each machine's own bursts say more.
    /// </summary>
    private const double UsualElasticity = 1, ElasticityDeviation = 0.3;

    /// <summary>The usual pace of these bursts.</summary>
    public static MachinePace Of(IEnumerable<BurstResult> bursts)
    {
        double[] seconds = [.. bursts.Select(burst => burst.ReferenceSeconds).OfType<double>()];
        return new(seconds.Length == 0 ? null : MedianInterval.Of(seconds).Median);
    }

    /// <summary>How much longer a burst's steps took than at the usual pace, as a factor; 1 where its pace is not known.</summary>
    public double Slowdown(BurstResult burst) => Math.Exp(Elasticity * LogReference(burst));

    /// <summary>The same pace with the elasticity that bursts show, by ridge regression towards the usual one.</summary>
    /// <param name="bursts">Measured bursts with the seconds that a model predicts of their steps at the usual pace.</param>
    /// <param name="noise">Standard deviation of the logarithm of a measured step about the model.</param>
    public MachinePace Learn(IEnumerable<(BurstResult Burst, double PredictedSeconds)> bursts, double noise)
    {
        var precision = noise * noise / (ElasticityDeviation * ElasticityDeviation);
        var (product, square) = (UsualElasticity * precision, precision);
        foreach (var (burst, predicted) in bursts)
        {
            var reference = LogReference(burst);
            product += reference * Math.Log(burst.StepTimeS!.Median / predicted);
            square += reference * reference;
        }
        return this with { Elasticity = Math.Max(0, product / square) };
    }

    private double LogReference(BurstResult burst) =>
        burst.ReferenceSeconds is { } seconds && UsualSeconds is { } usual ? Math.Log(seconds / usual) : 0;
}
