using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>How the logarithm of a step time changes with the logarithms of its coefficients, by forward differences.</summary>
internal static class StepTimeSlopes
{
    private const double Step = 1e-4;
    private static readonly double _factor = Math.Exp(Step);

    /// <summary>
    /// Writes the slope of each coefficient, in their order; allocates nothing. A coefficient that the equation does not read has none,
    /// and messages are timed again for those alone that they depend on: that is most of the work.
    /// </summary>
    /// <param name="shape">The transformer.</param>
    /// <param name="device">Datasheet rates for the setup's precision.</param>
    /// <param name="links">Link rates.</param>
    /// <param name="setup">How a step is run.</param>
    /// <param name="coefficients">In the order of <see cref="StepCoefficient"/>; not logarithms.</param>
    /// <param name="slopes">As many.</param>
    public static void Write(
        in ShapeCosts shape, in DeviceRates device, in LinkRates links, in TrainingSetup setup,
        ReadOnlySpan<double> coefficients, Span<double> slopes)
    {
        Span<double> moved = stackalloc double[StepTimeEquation.CoefficientCount];
        coefficients.CopyTo(moved);
        var part = setup.Layout.SplitsModel ? shape.On(setup.Layout) : shape;
        var split = shape.Split(setup.Layout);
        var centre = new StepContext(part, device, links, setup, coefficients, split);
        var logCentre = Math.Log(StepTimeEquation.Evaluate(ref centre).TotalSeconds);
        for (var index = 0; index < slopes.Length; index++)
        {
            slopes[index] = 0;
            if (!centre.HasRead((C)index))
                continue;
            moved[index] = coefficients[index] * _factor;
            var beside = new StepContext(part, device, links, setup, moved, split)
            {
                Shared = CommunicationTerm.TimesMessages((C)index) ? null : centre.Shared,
                Messages = CommunicationTerm.TimesMessages((C)index) ? null : centre.Messages,
            };
            slopes[index] = (Math.Log(StepTimeEquation.Evaluate(ref beside).TotalSeconds) - logCentre) / Step;
            moved[index] = coefficients[index];
        }
    }
}
