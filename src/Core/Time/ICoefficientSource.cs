namespace SlmPlanner.Core.Time;

/// <summary>Coefficients for any configuration, and how sure they are.</summary>
public interface ICoefficientSource
{
    /// <summary>The coefficients' logarithms for a configuration, in the order of <see cref="StepCoefficient"/>.</summary>
    double[] Logs(GroupKeys keys);

    /// <summary>Standard deviation of a log step time whose derivatives with respect to those logarithms are given.</summary>
    double LogSpread(GroupKeys keys, ReadOnlySpan<double> gradient);
}
