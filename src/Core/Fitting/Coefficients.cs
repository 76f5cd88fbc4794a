using SlmPlanner.Core.Time.Terms;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Coefficients from parameters: a coefficient's logarithm is its prior size plus the deviations of every group it belongs to.
/// </summary>
internal static class Coefficients
{
    /// <summary>The coefficients' logarithms.</summary>
    /// <param name="members">Parameter positions per coefficient.</param>
    /// <param name="parameters">The parameters.</param>
    public static double[] Logs(int[][] members, ReadOnlySpan<double> parameters)
    {
        var logs = new double[members.Length];
        for (var index = 0; index < members.Length; index++)
        {
            logs[index] = Math.Log(CoefficientPriors.All[index].Value);
            foreach (var member in members[index])
                logs[index] += parameters[member];
        }
        return logs;
    }
}
