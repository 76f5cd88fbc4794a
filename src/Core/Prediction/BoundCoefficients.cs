using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Prediction;

/// <summary>Coefficients and rates for one kind of setup, and how sure the fit is of them.</summary>
/// <param name="Coefficients">In the order of <see cref="StepCoefficient"/>; not logarithms.</param>
/// <param name="Rates">Rates of the device for the precision.</param>
/// <param name="Widening">Factor on the computed deviation of the logarithm.</param>
/// <param name="Covariance">Of the coefficients' logarithms, worked out when first asked for.</param>
/// <param name="Model">The fit.</param>
/// <param name="Keys">The groups that the setup belongs to.</param>
internal sealed record BoundCoefficients(
    double[] Coefficients, DeviceRates Rates, double Widening, Lazy<double[,]> Covariance, FittedModel Model, GroupKeys Keys)
{
    /// <summary>Rates of a device of which the datasheet says nothing: far too slow to be chosen.</summary>
    private static readonly DeviceRates Unknown = new(1e12, 1e12, 1e11, 0, 2, false, false, false);

    /// <summary>Messages that were worked out with them, on the links of the one model that binds them.</summary>
    public KnownMessages Messages { get; } = new();

    /// <summary>Factor on deviations where frozen blocks are stages, which no measured run had: assumed.</summary>
    private const double FrozenStages = 1.3;

    private readonly double _scatter = Model.ScatterOf(Keys);

    /// <summary>Works them out.</summary>
    /// <param name="model">The fit.</param>
    /// <param name="shape">The transformer.</param>
    /// <param name="device">The device.</param>
    /// <param name="stack">The software stack.</param>
    /// <param name="setup">A setup of the kind.</param>
    /// <param name="confidence">Level of the intervals that the spread is for.</param>
    public static BoundCoefficients Of(
        FittedModel model, in ShapeCosts shape, Accelerator device, SoftwareStack stack, in TrainingSetup setup, double confidence)
    {
        var keys = model.Own.Of(StackKeys.Of(device, stack, shape, setup, attentionKernel: null));
        return new(
            [.. model.Logs(keys).Select(Math.Exp)],
            DeviceRates.Of(device, setup.Precision) ?? Unknown,
            model.Scales.Of(model, keys).At(confidence),
            new(() => model.Covariance(keys)),
            model,
            keys);
    }

    /// <summary>What decides how uncertain a setup's step time is, and what it shares with others.</summary>
    public SpeedBelief Belief(in ShapeCosts shape, in LinkRates links, in TrainingSetup setup)
    {
        var slopes = new double[StepTimeEquation.CoefficientCount];
        StepTimeSlopes.Write(shape, Rates, links, setup, Coefficients, slopes);
        return new(Model, Keys, slopes, WideningOf(setup));
    }

    /// <summary>No setup's spread is below it: that of measurements themselves, widened.</summary>
    public double LeastLogSpread => _scatter * Widening;

    /// <summary>Standard deviation of a setup's log step time, widened so that its interval covers what was asked for.</summary>
    public double LogSpread(in ShapeCosts shape, in LinkRates links, in TrainingSetup setup)
    {
        Span<double> slopes = stackalloc double[StepTimeEquation.CoefficientCount];
        StepTimeSlopes.Write(shape, Rates, links, setup, Coefficients, slopes);
        var variance = Predictor.LogVariance(slopes, Covariance.Value) + (_scatter * _scatter);
        return Math.Sqrt(variance) * WideningOf(setup);
    }

    private double WideningOf(in TrainingSetup setup) =>
        setup is { Tuning.Method: TuningMethod.Freeze, Mesh.Pipeline: > 1 } ? FrozenStages * Widening : Widening;
}
