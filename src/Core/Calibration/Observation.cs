namespace SlmPlanner.Core.Calibration;

/// <summary>A workload with its place in the parameter table.</summary>
/// <param name="Workload">The workload, with a measured speed.</param>
/// <param name="Members">Parameter positions per coefficient.</param>
internal sealed record Observation(Workload Workload, int[][] Members);

/// <summary>An observation linearised at the current parameters.</summary>
/// <param name="Residual">Measured minus predicted logarithm.</param>
/// <param name="OpenSpread">Spread over what the record leaves open.</param>
/// <param name="MeasuredSpread">Standard error of the measured logarithm, where it is known.</param>
/// <param name="Columns">Parameters on which it depends.</param>
/// <param name="Slopes">Derivative of the prediction with respect to each of them.</param>
internal sealed record LinearObservation(double Residual, double OpenSpread, double MeasuredSpread, int[] Columns, double[] Slopes);
