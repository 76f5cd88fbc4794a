namespace SlmPlanner.Core.Fitting.Learning;

/// <summary>
/// The scatter of set-ups where runs are learned: the next round of what <see cref="HierarchicalFit"/> does, by all rows. What a round
/// would change without the runs, because the fit's own rounds ended before, is divided out.
/// </summary>
internal sealed class LearnedScatter
{
    private readonly string?[] _setups;
    private readonly FitOptions _options;
    private readonly IReadOnlyDictionary<string, double> _shares;

    /// <summary>Prepares the rounds.</summary>
    /// <param name="setups">The set-up of each row, those of the fit first.</param>
    /// <param name="options">The usual scatter.</param>
    /// <param name="objective">Variances and weights of rows.</param>
    /// <param name="known">The rows of the fit at its mode.</param>
    /// <param name="gram">Covariances of all rows by the prior.</param>
    public LearnedScatter(string?[] setups, FitOptions options, Objective objective, LinearObservation[] known, RowGram gram)
    {
        (_setups, _options) = (setups, options);
        var next = Next(objective, known, gram);
        _shares = Enumerable.Range(0, known.Length).Where(row => setups[row] is not null).DistinctBy(row => setups[row])
            .ToDictionary(row => setups[row]!, row => known[row].Noise / next[setups[row]!], StringComparer.Ordinal);
    }

    /// <summary>The scatter after a search.</summary>
    public SetupScatter After(Objective objective, LinearObservation[] rows, RowGram gram) => new(_options, Next(objective, rows, gram)
        .ToDictionary(setup => setup.Key, setup => setup.Value * _shares.GetValueOrDefault(setup.Key, 1), StringComparer.Ordinal));

    private Dictionary<string, double> Next(Objective objective, LinearObservation[] rows, RowGram gram)
    {
        double[] weights = [.. rows.Select(objective.Weight)];
        var inverse = gram.Factor(weights).InverseDiagonal();
        return Enumerable.Range(0, rows.Length).Where(row => _setups[row] is not null).GroupBy(row => _setups[row]!)
            .ToDictionary(setup => setup.Key, setup => SetupScatter.Estimate(_options, [.. setup.Select(row => SetupScatter.Square(
                rows[row].Noise, weights[row] * objective.Variance(rows[row]), weights[row] * rows[row].Residual, inverse[row]))]),
                StringComparer.Ordinal);
    }
}
