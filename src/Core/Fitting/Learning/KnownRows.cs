using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting.Learning;

/// <summary>
/// The rows of a fit by their tangents at its mode, and those that have moved from it by themselves. A search ends when what is left to
/// gain is small, not when nothing is: means of the prior are moved by that rest, so that without anything learned the fit stays as it is,
/// and what is learned alone moves it.
/// </summary>
internal sealed class KnownRows
{
    private readonly FittedModel _known;
    private readonly ParameterTable _table;
    private readonly IReadOnlyDictionary<string, Workload> _workloads;
    private readonly LinearRow[] _tangents;
    private readonly bool[] _hasMoved;

    /// <summary>Takes the rows of a fit.</summary>
    /// <param name="known">The fit.</param>
    /// <param name="table">The parameters of its rows and of the learned ones.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="workloads">
    /// The workloads of its rows by name; those that are missing, and those that share the model among ranks, stay tangents.
    /// </param>
    public KnownRows(
        FittedModel known, ParameterTable table, FitOptions options, IReadOnlyDictionary<string, Workload>? workloads)
    {
        (_known, _table, _workloads) = (known, table, workloads ?? new Dictionary<string, Workload>());
        _hasMoved = new bool[known.Rows.Count];
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
    public IEnumerable<IMeasuredTime> Rows(SetupScatter scatter) => _known.Rows.Select((row, index) => (IMeasuredTime)(_hasMoved[index]
        ? new MeasuredWorkload(_workloads[row.Id], _table.Members(row.Keys), scatter.OfRow(row.Keys))
        : _tangents[index].With(scatter.OfRow(row.Keys))));

    /// <summary>
    /// Takes those that have moved from the fit's mode by themselves from now on, and says whether they are more than before.
    /// </summary>
    /// <param name="rows">The rows at some other place.</param>
    /// <param name="least">The least change of log time that counts.</param>
    public bool Moved(LinearObservation[] rows, double least)
    {
        var areMore = false;
        for (var index = 0; index < _hasMoved.Length; index++)
            if (!_hasMoved[index] && Math.Abs(rows[index].Residual - _known.Rows[index].Residual) > least
                && _known.Rows[index].Keys.Split is null && _workloads.ContainsKey(_known.Rows[index].Id))
                _hasMoved[index] = areMore = true;
        return areMore;
    }
}
