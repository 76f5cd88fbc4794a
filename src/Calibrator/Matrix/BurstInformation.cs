namespace SlmPlanner.Calibrator.Matrix;

/// <summary>
/// What bursts teach about the coefficients of the step-time model, linearised: a normal belief about their logarithms that each
/// burst narrows (Bayesian linear regression; Pilz 1991, Bayesian Estimation and Experimental Design). A burst enters by its row
/// of the Jacobian, the derivatives of log step time by log coefficient.
/// </summary>
internal sealed class BurstInformation
{
    private readonly double _noiseVariance;
    private readonly double[,] _covariance;

    /// <summary>Starts from the priors.</summary>
    /// <param name="priorDeviations">Standard deviation of each coefficient's logarithm before any burst.</param>
    /// <param name="noise">Standard deviation of a measured log step time about the model.</param>
    public BurstInformation(IReadOnlyList<double> priorDeviations, double noise)
    {
        _noiseVariance = noise * noise;
        _covariance = new double[priorDeviations.Count, priorDeviations.Count];
        for (var i = 0; i < priorDeviations.Count; i++)
            _covariance[i, i] = priorDeviations[i] * priorDeviations[i];
    }

    /// <summary>Variance of the predicted log step time of a configuration.</summary>
    public double Variance(double[] row) => Dot(row, Times(row));

    /// <summary>By how much a burst would lower the mean variance over <paramref name="targets"/> (I-optimality).</summary>
    public double Gain(double[] row, IReadOnlyList<double[]> targets)
    {
        var projected = Times(row);
        var whole = _noiseVariance + Dot(row, projected);
        return targets.Sum(target => Square(Dot(target, projected))) / whole / targets.Count;
    }

    /// <summary>Learns from a measured burst: a rank-one update of the covariance.</summary>
    /// <param name="row">Its row of the Jacobian.</param>
    /// <param name="moreNoise">Standard deviation by which it is less certain than others.</param>
    public void Learn(double[] row, double moreNoise = 0)
    {
        var projected = Times(row);
        var whole = _noiseVariance + moreNoise * moreNoise + Dot(row, projected);
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
                _covariance[i, j] -= projected[i] * projected[j] / whole;
        }
    }

    private double[] Times(double[] row)
    {
        var result = new double[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
                result[i] += _covariance[i, j] * row[j];
        }
        return result;
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static double Square(double x) => x * x;
}
