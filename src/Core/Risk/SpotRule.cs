using System.Globalization;
using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Cost;

namespace SlmPlanner.Core.Risk;

/// <summary>
/// Decides between spot and on demand for the same machines (<c>--spot auto</c>): of the ways that keep budget and
/// deadline with the confidence asked, the one whose cost at that confidence is lower; when none does, the one with the
/// better chance of keeping the deadline, on demand if they are equal.
/// </summary>
public sealed class SpotRule(RunModel model)
{
    /// <summary>Chooses by the closed form.</summary>
    /// <param name="onDemand">The run at the on-demand price.</param>
    /// <param name="spotUsdPerHour">Interruptible price of the same machines, USD per hour in all.</param>
    /// <param name="logSpread">Standard deviation of the logarithm of the step time.</param>
    /// <param name="limits">Budget and deadline.</param>
    public SpotChoice Choose(in RunDemand onDemand, double spotUsdPerHour, double logSpread, RunLimits limits)
    {
        var z = Normal.InvCDF(0, 1, limits.Confidence);
        var steady = model.AtQuantile(onDemand with { Spot = false }, logSpread, z);
        var spot = model.AtQuantile(onDemand with { Spot = true, UsdPerHour = spotUsdPerHour }, logSpread, z);
        var (steadyFits, spotFits) = (limits.Keeps(steady), limits.Keeps(spot));
        var takeSpot = (steadyFits, spotFits) switch
        {
            (true, true) => spot.CostUsd < steady.CostUsd,
            (false, false) => spot.WallSeconds < steady.WallSeconds,
            _ => spotFits,
        };
        return new(takeSpot, takeSpot ? spotFits : steadyFits, Sentence(takeSpot, steady, spot, limits));
    }

    private static string Sentence(bool takeSpot, in RunEstimate steady, in RunEstimate spot, RunLimits limits) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(takeSpot ? "Spot" : "On demand")}: at {limits.Confidence:P0} confidence spot costs {spot.CostUsd:N0} USD in {spot.Hours:N1} h with {spot.Stops:N1} stops, on demand {steady.CostUsd:N0} USD in {steady.Hours:N1} h")
        + (limits.Keeps(steady) == limits.Keeps(spot) ? "." : "; only one of them keeps the limits.");
}
