using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Fitting;

/// <summary>A fitted parameter.</summary>
/// <param name="Coefficient">The coefficient.</param>
/// <param name="Level">The level.</param>
/// <param name="Key">The group; empty for the population.</param>
/// <param name="Value">Deviation of the natural logarithm from the prior size of the coefficient.</param>
public sealed record FittedParameter(StepCoefficient Coefficient, GroupLevel Level, string Key, double Value);

/// <summary>What the covariance needs of a fitted row.</summary>
/// <param name="Id">The row.</param>
/// <param name="Keys">Its groups.</param>
/// <param name="Gradient">Derivatives of its log time with respect to the coefficients' logarithms, in their order.</param>
/// <param name="Precision">Its weight in the fit: one over the variance of its log time, robust weight included.</param>
/// <param name="Residual">Measured minus fitted log time.</param>
/// <param name="Mfu">
/// Measured model FLOPs utilisation, of the dense peak in the row's precision; null in profiles from before it was kept.
/// </param>
public sealed record FittedRow(
    string Id, GroupKeys Keys, IReadOnlyList<double> Gradient, double Precision, double Residual, double? Mfu = null);
