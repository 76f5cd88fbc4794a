namespace SlmPlanner.Core.Fitting.Learning;

/// <summary>
/// The rows of a fit by their tangents at its mode. A search ends when what is left to gain is small, not when nothing is: means of the prior
/// are moved by that rest, so that without anything learned the fit stays as it is, and what is learned alone moves it.
/// </summary>
internal sealed class KnownRows
{
    private readonly FittedModel _known;
    private readonly LinearRow[] _tangents;

    /// <summary>Takes the rows of a fit.</summary>
    /// <param name="known">The fit.</param>
    /// <param name="table">The parameters of its rows and of the learned ones.</param>
    /// <param name="options">The options of the fit.</param>
    public KnownRows(FittedModel known, ParameterTable table, FitOptions options)
    {
        _known = known;
        Mode = [.. table.Parameters.Select((parameter, index) => known.Find(parameter) ?? table.Means[index])];
        var scatter = new SetupScatter(options, known.Scatter);
        _tangents = [.. known.Rows.Select(row => LinearRow.Of(row, table.Told(row.Keys), Mode, options, scatter.OfRow(row.Keys)))];
        double[] offsets = [.. Mode.Zip(table.Means, (value, mean) => value - mean)];
        var pull = PosteriorStep.Pull(
            [.. _tangents.Select(row => row.At(Mode, withSlopes: true))], [.. known.Rows.Select(row => row.Precision)], offsets,
            table.Deviations);
        Means = [.. table.Means.Select((mean, index) => mean - (pull[index] * table.Deviations[index] * table.Deviations[index]))];
    }

    /// <summary>The parameters at the fit's mode; prior means of those that it does not have.</summary>
    public double[] Mode { get; }

    /// <summary>Prior means for which that is the mode of the fit's rows.</summary>
    public double[] Means { get; }

    /// <summary>The rows, scattered about the equation as their set-ups are.</summary>
    public IEnumerable<LinearRow> Tangents(SetupScatter scatter) =>
        _tangents.Zip(_known.Rows, (tangent, row) => tangent.With(scatter.OfRow(row.Keys)));
}
