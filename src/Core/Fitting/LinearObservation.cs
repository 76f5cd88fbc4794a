using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>A measured logarithm as the parameters explain it: all that the search for the posterior's mode knows of a row.</summary>
internal interface IMeasuredTime
{
    /// <summary>The row at some parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="withSlopes">Whether to differentiate; columns and slopes are empty otherwise.</param>
    LinearObservation At(double[] parameters, bool withSlopes);
}

/// <summary>A row linearised at some parameters.</summary>
/// <param name="Residual">Measured minus predicted logarithm.</param>
/// <param name="OpenSpread">Spread over what the observation leaves open.</param>
/// <param name="MeasuredSpread">Standard error of the measured logarithm, where it is known.</param>
/// <param name="Noise">Standard deviation of the measured logarithm about the equation: its set-up's scatter, or a measurement's
/// noise.</param>
/// <param name="Columns">Parameters on which it depends.</param>
/// <param name="Slopes">Derivative of the prediction with respect to each of them.</param>
internal sealed record LinearObservation(
    double Residual, double OpenSpread, double MeasuredSpread, double Noise, int[] Columns, double[] Slopes);

/// <summary>A workload with its place in the parameter table.</summary>
/// <param name="Workload">The workload, with a measured speed.</param>
/// <param name="Members">Parameter positions per coefficient.</param>
/// <param name="Noise">Standard deviation of its logarithm about the equation.</param>
internal sealed record MeasuredWorkload(Workload Workload, int[][] Members, double Noise) : IMeasuredTime
{
    /// <inheritdoc/>
    public LinearObservation At(double[] parameters, bool withSlopes)
    {
        var evaluation = WorkloadEvaluation.Of(Workload, Coefficients.Logs(Members, parameters), withSlopes);
        var columns = new List<int>();
        var slopes = new List<double>();
        if (withSlopes)
            for (var index = 0; index < Members.Length; index++)
                foreach (var member in Members[index])
                {
                    columns.Add(member);
                    slopes.Add(evaluation.Gradient[index]);
                }
        return new(
            Workload.LogSecondsPerToken - evaluation.LogSeconds, evaluation.OpenSpread, Workload.MeasuredSpread, Noise,
            [.. columns], [.. slopes]);
    }
}
