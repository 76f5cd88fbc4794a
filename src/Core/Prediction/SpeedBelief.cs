using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Prediction;

/// <summary>What decides how uncertain the logarithm of a step time is, and with which others it would be wrong together.</summary>
/// <param name="Model">The fit that predicts it; two fits have nothing in common.</param>
/// <param name="Keys">The groups that the setup belongs to.</param>
/// <param name="Slopes">How the logarithm changes with the logarithm of each coefficient.</param>
/// <param name="Widening">Factor on the computed deviation.</param>
internal sealed record SpeedBelief(FittedModel Model, GroupKeys Keys, double[] Slopes, double Widening)
{
    /// <summary>
    /// Covariances of the logarithms of several step times, widened, without the noise of a single measurement. Each stays a covariance:
    /// the widening is a factor on rows and columns.
    /// </summary>
    public static double[,] Covariance(IReadOnlyList<SpeedBelief> beliefs)
    {
        var covariance = new double[beliefs.Count, beliefs.Count];
        foreach (var shared in Enumerable.Range(0, beliefs.Count).GroupBy(index => beliefs[index].Model))
        {
            int[] places = [.. shared];
            var between = shared.Key.LogCovariance([.. places.Select(place => (beliefs[place].Keys, beliefs[place].Slopes))]);
            for (var row = 0; row < places.Length; row++)
                for (var column = 0; column < places.Length; column++)
                    covariance[places[row], places[column]] =
                        between[row, column] * beliefs[places[row]].Widening * beliefs[places[column]].Widening;
        }
        return covariance;
    }
}
