using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// A workload that shares the model among ranks, with its place in the parameter table: what whole models tell is given, and only what
/// such runs tell moves (<see cref="ParameterTable.Told"/>).
/// </summary>
/// <param name="Workload">The workload, with a measured speed.</param>
/// <param name="Logs">The coefficients' logarithms at some parameters.</param>
/// <param name="Place">Those parameters.</param>
/// <param name="Told">Positions per coefficient of the parameters that move.</param>
/// <param name="Noise">Standard deviation of its logarithm about the equation.</param>
internal sealed record SharedWorkload(Workload Workload, double[] Logs, double[] Place, int[][] Told, double Noise) : IMeasuredTime
{
    /// <inheritdoc/>
    public LinearObservation At(double[] parameters, bool withSlopes)
    {
        double[] logs = [.. Logs.Zip(Told, (log, group) => log + group.Sum(member => parameters[member] - Place[member]))];
        var evaluation = WorkloadEvaluation.Of(Workload, logs, withSlopes);
        (int Column, double Slope)[] entries = withSlopes
            ? [.. Told.SelectMany((group, index) => group.Select(member => (member, evaluation.Gradient[index])))] : [];
        return new(
            Workload.LogSecondsPerToken - evaluation.LogSeconds, evaluation.OpenSpread, Workload.MeasuredSpread, Noise,
            [.. entries.Select(entry => entry.Column)], [.. entries.Select(entry => entry.Slope)]);
    }
}
