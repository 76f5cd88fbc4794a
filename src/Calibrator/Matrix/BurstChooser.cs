using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Matrix;

/// <summary>A burst that may be run next.</summary>
/// <param name="Spec">The configuration.</param>
/// <param name="Row">Its row of the model's Jacobian.</param>
/// <param name="CostSeconds">What it is expected to take, both child processes included.</param>
internal sealed record PossibleBurst(BurstSpec Spec, double[] Row, double CostSeconds);

/// <summary>What to run next, and what it buys.</summary>
/// <param name="Burst">The burst.</param>
/// <param name="HeldOut">True when it proves the profile instead of being fitted.</param>
/// <param name="DeviationBefore">Root mean square uncertainty (standard deviation of log step time) of the targets without it.</param>
/// <param name="DeviationAfter">The same with it.</param>
internal sealed record ChosenBurst(PossibleBurst Burst, bool HeldOut, double DeviationBefore, double DeviationAfter);

/// <summary>
/// Chooses the next burst: the one that most lowers the mean variance of predictions over the targets per second that it costs.
/// Of every five bursts two are chosen so. Two more are drawn at random, because a choice that trusts the model cannot show where
/// the model is wrong; and one is drawn at random and held out, since a proof on bursts chosen for information would be no fair sample.
/// </summary>
internal sealed class BurstChooser(BurstInformation information, IReadOnlyList<double[]> targets, int seed)
{
    private const int Cycle = 5;
    private const int HeldOutPlace = 4;
    private const double DearCost = 2;

    /// <summary>Chooses among bursts not yet run; null when none is left.</summary>
    /// <param name="possible">What could be run and paid for.</param>
    /// <param name="done">Bursts run so far.</param>
    public ChosenBurst? Next(IReadOnlyList<PossibleBurst> possible, int done)
    {
        if (possible.Count == 0 || targets.Count == 0)
            return null;
        var before = targets.Average(information.Variance);
        var place = done % Cycle;
        if (place == HeldOutPlace)
            return new(Drawn(possible, done), true, Math.Sqrt(before), Math.Sqrt(before));
        var chosen = place % 2 == 0 ? possible.MaxBy(burst => information.Gain(burst.Row, targets) / burst.CostSeconds)!
            : Drawn(possible, done);
        return new(chosen, false, Math.Sqrt(before), Math.Sqrt(Math.Max(0, before - information.Gain(chosen.Row, targets))));
    }

    /// <summary>Any of the bursts that cost no more than a few usual ones.</summary>
    private PossibleBurst Drawn(IReadOnlyList<PossibleBurst> possible, int done)
    {
        var usual = possible.Select(burst => burst.CostSeconds).Order().ElementAt(possible.Count / 2);
        PossibleBurst[] affordable = [.. possible.Where(burst => burst.CostSeconds <= DearCost * usual)];
        return affordable[new Random(unchecked(seed * 7919 + done)).Next(affordable.Length)];
    }
}
