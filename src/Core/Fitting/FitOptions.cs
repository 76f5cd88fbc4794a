namespace SlmPlanner.Core.Fitting;

/// <summary>How a fit is run.</summary>
/// <param name="Noise">
/// Standard deviation of the logarithm of a measured time: clock, silicon and rounding (2 to 5 %, <c>docs/models.md</c>). Rows of a
/// publication have the scatter of their set-up instead.
/// </param>
/// <param name="Freedom">
/// Degrees of freedom of the Student t distribution of residuals: low, so that outliers bend little; infinite for normal ones.
/// </param>
/// <param name="Iterations">Most steps from one start.</param>
/// <param name="Tolerance">
/// Improvement of the objective that a full step promises at which a fit has converged: 0.0001 is a seventieth of a standard deviation.
/// </param>
/// <param name="Starts">Starts: the prior's mean, then random ones about it.</param>
/// <param name="Seed">Seed of the random starts.</param>
/// <param name="LargestParameters">
/// Rows of larger models are not fitted: beyond what is served.
/// </param>
/// <param name="MostOfPublication">
/// Most rows of one publication that are fitted, chosen by the hash of their names, and as many of those that share a model among ranks:
/// a grid of one stack must not drown the others. What is beyond judges the fit.
/// </param>
/// <param name="FitsSplits">
/// Whether rows that share a model among ranks are fitted; else they judge the fit. They move no prediction of others.
/// </param>
/// <param name="Scatter">
/// Usual standard deviation of log times within a set-up about the equation, before its rows tell their own (<c>docs/time.md</c>).
/// </param>
public sealed record FitOptions(
    double Noise = 0.03,
    double Freedom = 4,
    int Iterations = 100,
    double Tolerance = 0.0001,
    int Starts = 2,
    int Seed = 1,
    double LargestParameters = 9e9,
    int MostOfPublication = 160,
    bool FitsSplits = true,
    double Scatter = 0.1)
{
    /// <summary>The defaults.</summary>
    public static FitOptions Default { get; } = new();
}
