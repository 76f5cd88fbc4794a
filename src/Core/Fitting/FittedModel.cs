using System.Collections.Concurrent;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// Coefficients fitted to measurements, with the rows that they rest on: enough to predict any configuration and to say
/// how sure the prediction is.
/// </summary>
public sealed class FittedModel
{
    private readonly ParameterTable _table;
    private readonly double[] _values;
    private readonly Lazy<PosteriorCovariance> _covariance;
    private readonly ConcurrentDictionary<GroupKeys, double[]> _logs = new();
    private readonly ConcurrentDictionary<GroupKeys, double[,]> _covariances = new();

    /// <summary>Joins parameters and rows, as read from a file or as fitted.</summary>
    public FittedModel(IReadOnlyList<FittedParameter> parameters, IReadOnlyList<FittedRow> rows, IntervalScales scales, bool converged)
    {
        (Parameters, Rows, Scales, Converged) = (parameters, rows, scales, converged);
        _table = new(rows.Select(row => row.Keys));
        _values = [.. _table.Means];
        foreach (var parameter in parameters)
            if (_table.IndexOf(new(parameter.Coefficient, parameter.Level, parameter.Key)) is >= 0 and var index)
                _values[index] = parameter.Value;
        _covariance = new(() => new(_table, rows));
        Stacks = rows.Select(row => row.Keys.Stack).OfType<string>().ToHashSet(StringComparer.Ordinal);
        Sources = rows.Select(row => row.Keys.Source).OfType<string>().ToHashSet(StringComparer.Ordinal);
        Devices = rows.Select(row => row.Keys.Device).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The model before any measurement: priors alone.</summary>
    public static FittedModel Prior { get; } = new([], [], IntervalScales.None, true);

    /// <summary>The parameters.</summary>
    public IReadOnlyList<FittedParameter> Parameters { get; }

    /// <summary>The fitted rows.</summary>
    public IReadOnlyList<FittedRow> Rows { get; }

    /// <summary>How much wider than computed the intervals must be.</summary>
    public IntervalScales Scales { get; }

    /// <summary>Whether the fit converged.</summary>
    public bool Converged { get; }

    /// <summary>Stacks among the rows.</summary>
    public IReadOnlySet<string> Stacks { get; }

    /// <summary>Publications that are told apart from others of their stack.</summary>
    public IReadOnlySet<string> Sources { get; }

    /// <summary>Devices among the rows.</summary>
    public IReadOnlySet<string> Devices { get; }

    /// <summary>The set-ups of learned runs.</summary>
    internal OwnGroups Own { get; init; } = OwnGroups.None;

    /// <summary>The coefficients' logarithms for a configuration.</summary>
    public double[] Logs(GroupKeys keys) => _logs.GetOrAdd(keys, key =>
        [.. Coefficients.Logs(_table.Members(key), _values).Zip(_table.UnseenMeans(key), (seen, unseen) => seen + unseen)]);

    /// <summary>Covariance of the coefficients' logarithms for a configuration, groups without rows included. Kept: not to be written to.</summary>
    public double[,] Covariance(GroupKeys keys) => _covariances.GetOrAdd(keys, static (key, all) => all.Value.Of(key), _covariance);

    /// <summary>Variance of gradient · logarithms of a configuration's coefficients, at least 0.</summary>
    public double LogVariance(GroupKeys keys, ReadOnlySpan<double> gradient) => _covariance.Value.Variance(keys, gradient);

    /// <summary>Covariances between gradient · logarithms of the coefficients of several configurations.</summary>
    internal double[,] LogCovariance(IReadOnlyList<(GroupKeys Keys, double[] Gradient)> configurations) =>
        _covariance.Value.Between(configurations);

    /// <summary>The value of a parameter; null when there is none.</summary>
    public double? Find(Parameter parameter) => _table.IndexOf(parameter) is >= 0 and var index ? _values[index] : null;

    /// <summary>The same model with other interval widths.</summary>
    public FittedModel With(IntervalScales scales) => new(Parameters, Rows, scales, Converged) { Own = Own };

    internal static FittedModel Create(ParameterTable table, SearchEnd end, IReadOnlyList<Workload> workloads, double[] weights) => new(
        [.. table.Parameters.Select((parameter, index) =>
            new FittedParameter(parameter.Coefficient, parameter.Level, parameter.Key, end.Parameters[index]))],
        [.. workloads.Select((workload, index) => new FittedRow(
            workload.Observation.Name,
            workload.Keys,
            WorkloadEvaluation.Of(workload, Coefficients.Logs(table.Members(workload.Keys), end.Parameters), withGradient: true).Gradient,
            weights[index],
            end.Rows[index].Residual,
            workload.Mfu))],
        IntervalScales.None,
        end.Converged);
}
