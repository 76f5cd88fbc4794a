using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>Coefficients and rates for one kind of setup.</summary>
/// <param name="Coefficients">In the order of <see cref="StepCoefficient"/>; not logarithms.</param>
/// <param name="Rates">Datasheet rates for the precision.</param>
/// <param name="LogSpread">Standard deviation of the log step time.</param>
internal sealed record BoundCoefficients(double[] Coefficients, DeviceRates Rates, double LogSpread)
{
    private const double Step = 1e-4;

    /// <summary>Rates of a device of which the datasheet says nothing: far too slow to be chosen.</summary>
    private static readonly DeviceRates _unknown = new(1e12, 1e12, 1e11, 0, 2, false, false, false);

    /// <summary>Works them out.</summary>
    public static BoundCoefficients Of(
        ICoefficientSource model, in ShapeCosts shape, DeviceSpec device, in LinkRates links, StackTraits stack, in TrainingSetup setup)
    {
        var rates = DeviceRates.Of(device, setup.Precision) ?? _unknown;
        var keys = StackKeys.Of(device, stack, shape, setup, attentionKernel: null);
        double[] coefficients = [.. model.Logs(keys).Select(Math.Exp)];
        var gradient = Gradient(shape, rates, links, setup, coefficients);
        return new(coefficients, rates, model.LogSpread(keys, gradient));
    }

    private static double[] Gradient(in ShapeCosts shape, in DeviceRates rates, in LinkRates links, in TrainingSetup setup, double[] coefficients)
    {
        var gradient = new double[coefficients.Length];
        var moved = (double[])coefficients.Clone();
        var centre = Math.Log(StepTimeEquation.Evaluate(shape, rates, links, setup, coefficients).TotalSeconds);
        for (var index = 0; index < moved.Length; index++)
        {
            moved[index] = coefficients[index] * Math.Exp(Step);
            gradient[index] = (Math.Log(StepTimeEquation.Evaluate(shape, rates, links, setup, moved).TotalSeconds) - centre) / Step;
            moved[index] = coefficients[index];
        }
        return gradient;
    }
}
