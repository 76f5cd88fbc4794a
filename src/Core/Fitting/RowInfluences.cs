namespace SlmPlanner.Core.Fitting;

/// <summary>
/// What fitted rows say of one configuration: how far its predicted logarithm of the step time would move without some of them, and how
/// much less sure it would be. In the linearised fit this needs no refit: with A the rows' covariance and k that between the configuration
/// and the rows, β = A⁻¹k and u = A⁻¹z, a group G of rows holds β_Gᵀ (A⁻¹_GG)⁻¹ u_G of the mean and β_Gᵀ (A⁻¹_GG)⁻¹ β_G of the variance
/// (Rasmussen and Williams 2006, section 5.4.2, for blocks).
/// </summary>
internal sealed class RowInfluences
{
    private readonly LowerTriangle _factor;
    private readonly double[][] _inverse;
    private readonly double[] _pulls;

    /// <summary>Prepares the influences of a fit.</summary>
    /// <param name="factor">Cholesky factor of A.</param>
    /// <param name="rows">The rows at the fit's mode, where u is weight times residual.</param>
    public RowInfluences(LowerTriangle factor, IReadOnlyList<FittedRow> rows) =>
        (_factor, _inverse, _pulls) = (factor, factor.Inverse(), [.. rows.Select(row => row.Precision * row.Residual)]);

    /// <summary>What each group of rows holds.</summary>
    /// <param name="image">The configuration's image: A's factor inverted, times k. Overwritten.</param>
    /// <param name="groups">Positions of rows.</param>
    public Influence[] Of(double[] image, IReadOnlyList<int[]> groups)
    {
        _factor.SolveTransposed(image);
        return [.. groups.Select(group => Of(image, group))];
    }

    private Influence Of(double[] weights, int[] group)
    {
        var block = LowerTriangle.Factor(
            [.. group.Select((row, index) => group[..(index + 1)].Select(column => _inverse[row][column]).ToArray())]);
        double[] beta = [.. group.Select(row => weights[row])], pull = [.. group.Select(row => _pulls[row])], solved = [.. beta];
        block.Solve(solved);
        block.SolveTransposed(solved);
        return new(LowerTriangle.Dot(solved, pull), LowerTriangle.Dot(solved, beta));
    }
}

/// <summary>What some rows hold of a predicted logarithm.</summary>
/// <param name="Shift">The prediction with them less that without them.</param>
/// <param name="Variance">What its variance would grow by without them, ≥ 0.</param>
internal readonly record struct Influence(double Shift, double Variance)
{
    /// <summary>The sum of two, the second by a factor.</summary>
    public Influence Plus(double factor, in Influence other) => new(Shift + factor * other.Shift, Variance + factor * other.Variance);
}
