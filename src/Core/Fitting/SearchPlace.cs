namespace SlmPlanner.Core.Fitting;

/// <summary>Where a search stands: parameters, the rows linearised there, the pull on the parameters, and the steps that lead on.</summary>
internal sealed class SearchPlace
{
    private readonly double[] _weights;
    private readonly double[] _pull;
    private readonly IReadOnlyList<double> _deviations;
    private readonly RowGram _gram;

    /// <summary>Linearises the rows.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="deviations">Prior standard deviations.</param>
    /// <param name="gram">Covariances of the rows by the prior, as of the place before.</param>
    public SearchPlace(Objective objective, double[] parameters, IReadOnlyList<double> deviations, RowGram gram)
    {
        (Parameters, Rows, _deviations, _gram) = (parameters, objective.Linearise(parameters), deviations, gram);
        _weights = [.. Rows.Select(objective.Weight)];
        _pull = PosteriorStep.Pull(Rows, _weights, objective.Offsets(parameters), deviations);
        _gram.Renew(Rows);
    }

    /// <summary>The parameters.</summary>
    public double[] Parameters { get; }

    /// <summary>The rows linearised there.</summary>
    public LinearObservation[] Rows { get; }

    /// <summary>The step of some damping.</summary>
    public double[] Step(double damping) => PosteriorStep.Of(Rows, _weights, _pull, _deviations, _gram, damping);

    /// <summary>
    /// Whether a full step gains less than the tolerance. A damped step gains no more than a full one, and no less than that over 1 +
    /// damping, which is what damping can add to the curvature: the full step is worked out only where this leaves the answer open.
    /// </summary>
    /// <param name="tolerance">The tolerance.</param>
    /// <param name="step">A step.</param>
    /// <param name="damping">Its damping.</param>
    public bool IsMode(double tolerance, double[] step, double damping)
    {
        var gain = PosteriorStep.Gain(step, _pull);
        return gain < tolerance && ((1 + damping) * gain < tolerance || PosteriorStep.Gain(Step(damping: 0), _pull) < tolerance);
    }
}
