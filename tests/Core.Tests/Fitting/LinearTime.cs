using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Tests.Fitting;

/// <summary>A row that is linear in its parameters, so that posteriors can be worked out by hand.</summary>
/// <param name="measured">The measured logarithm.</param>
/// <param name="slopes">Derivatives by parameter; 0 where it does not depend on one.</param>
/// <param name="noise">Standard deviation about the equation.</param>
/// <param name="openSlope">Open spread per unit of the first parameter; the spread is never below 0.</param>
internal sealed class LinearTime(double measured, double[] slopes, double openSlope = 0, double noise = 0.5) : IMeasuredTime
{
    public LinearObservation At(double[] parameters, bool withSlopes) => new(
        measured - slopes.Zip(parameters, (slope, parameter) => slope * parameter).Sum(),
        Math.Max(0, openSlope * parameters[0]),
        0,
        noise,
        withSlopes ? [.. Enumerable.Range(0, slopes.Length)] : [],
        withSlopes ? slopes : []);
}
