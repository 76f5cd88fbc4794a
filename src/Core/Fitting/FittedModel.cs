using System.Collections.Concurrent;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
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
    private readonly KernelOdds _odds;
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
        _odds = new([.. rows.Select(row => row.Keys)]);
        Known = new([.. rows.Select(row => row.Keys)]);
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
    public IReadOnlySet<string> Stacks => Known.Stacks;

    /// <summary>Publications among the rows.</summary>
    public IReadOnlySet<string> Sources => Known.Sources;

    /// <summary>Devices among the rows.</summary>
    public IReadOnlySet<string> Devices => Known.Devices;

    /// <summary>
    /// Works out now what the uncertainty of every configuration needs, a factor of all rows' covariance, so that the first who asks finds
    /// it.
    /// </summary>
    public void Prepare() => _covariance.Value.Prepare();

    /// <summary>The three together.</summary>
    internal KnownGroups Known { get; }

    /// <summary>
    /// How far the rows of each set-up, one publication's in one stack, scatter about the equation: standard deviations of log time.
    /// </summary>
    public IReadOnlyDictionary<string, double> Scatter { get; init; } = new Dictionary<string, double>();

    /// <summary>The set-ups of learned runs.</summary>
    internal OwnGroups Own { get; init; } = OwnGroups.None;

    /// <summary>
    /// The coefficients' logarithms for a configuration. Where its kernel style is open, their means over the styles that it may have.
    /// </summary>
    public double[] Logs(GroupKeys keys) => _logs.GetOrAdd(keys, key => _odds.Open(key)
        ? KernelMixture.Mean(Styles(key))
        : [.. Coefficients.Logs(_table.Members(key), _values).Zip(_table.UnseenMeans(key), (seen, unseen) => seen + unseen)]);

    /// <summary>
    /// Covariance of the coefficients' logarithms for a configuration, groups without rows and open kernel styles included. Kept: not to be
    /// written to.
    /// </summary>
    public double[,] Covariance(GroupKeys keys) => _covariances.GetOrAdd(keys, key => _odds.Open(key)
        ? KernelMixture.Covariance(Styles(key), [.. _odds.Of(key).Select(style => Covariance(style.Keys))])
        : _covariance.Value.Of(key));

    /// <summary>Variance of gradient · logarithms of a configuration's coefficients, at least 0.</summary>
    public double LogVariance(GroupKeys keys, ReadOnlySpan<double> gradient)
    {
        if (!_odds.Open(keys))
            return _covariance.Value.Variance(keys, gradient);
        var variance = KernelMixture.Between(Styles(keys), gradient);
        foreach (var (probability, style) in _odds.Of(keys))
            variance += probability * _covariance.Value.Variance(style, gradient);
        return variance;
    }

    /// <summary>Variance of gradient · logarithms that a configuration's groups of some levels add because no row is of them.</summary>
    internal double UnseenVariance(GroupKeys keys, ReadOnlySpan<double> gradient, IReadOnlyList<GroupLevel> levels)
    {
        var variances = _table.UnseenVariance(_odds.Open(keys) ? _odds.Of(keys)[0].Keys : keys, levels);
        var sum = 0.0;
        for (var index = 0; index < variances.Length; index++)
            sum += gradient[index] * gradient[index] * variances[index];
        return sum;
    }

    /// <summary>Variance of gradient · logarithms from one kernel style to another where a configuration's is open; else 0.</summary>
    internal double BetweenStyles(GroupKeys keys, ReadOnlySpan<double> gradient) =>
        _odds.Open(keys) ? KernelMixture.Between(Styles(keys), gradient) : 0;

    /// <summary>How many kernel styles a configuration may have: 1 where its own is known.</summary>
    internal int StylesOf(GroupKeys keys) => _odds.Open(keys) ? _odds.Of(keys).Count : 1;

    private IReadOnlyList<(double Probability, double[] Logs)> Styles(GroupKeys keys) =>
        [.. _odds.Of(keys).Select(style => (style.Probability, Logs(style.Keys)))];

    /// <summary>
    /// Covariances between gradient · logarithms of the coefficients of several configurations. Those whose kernel style is open are of one
    /// software, so that they have the same style.
    /// </summary>
    internal double[,] LogCovariance(IReadOnlyList<(GroupKeys Keys, double[] Gradient)> configurations)
    {
        if (!configurations.Any(configuration => _odds.Open(configuration.Keys)))
            return _covariance.Value.Between(configurations);
        var styles = _odds.Of(configurations.First(configuration => _odds.Open(configuration.Keys)).Keys);
        return KernelMixture.Covariance(
            [.. styles.Select(style => (style.Probability, configurations.Select(configuration => LowerTriangle.Dot(
                configuration.Gradient, Logs(In(configuration.Keys, style.Keys)))).ToArray()))],
            [.. styles.Select(style => _covariance.Value.Between(
                [.. configurations.Select(configuration => (In(configuration.Keys, style.Keys), configuration.Gradient))]))]);
    }

    private GroupKeys In(GroupKeys keys, GroupKeys style) => _odds.Open(keys) ? keys with { Kernels = style.Kernels } : keys;

    /// <summary>
    /// Variance of the log time of one configuration before and after a run of another is measured: preposterior, since a normal
    /// posterior's variance does not depend on what is measured.
    /// </summary>
    /// <param name="asked">Groups and slopes of the configuration that is asked about.</param>
    /// <param name="tried">Those of the run.</param>
    /// <param name="noise">Variance of the measured log time about the run's own.</param>
    internal (double Before, double After) Narrowed(
        (GroupKeys Keys, double[] Slopes) asked, (GroupKeys Keys, double[] Slopes) tried, double noise)
    {
        var between = LogCovariance([asked, tried]);
        var (before, run, shared) = (Math.Max(0, between[0, 0]), between[1, 1] + noise, between[0, 1]);
        return (before, Math.Max(0, before - (shared * shared / run)));
    }

    /// <summary>
    /// What groups of the fitted rows, by their positions in <see cref="Rows"/>, hold of gradient · logarithms of a configuration's
    /// coefficients; where its kernel style is open, the mean over the styles.
    /// </summary>
    internal Influence[] Influences(GroupKeys keys, double[] gradient, IReadOnlyList<int[]> groups)
    {
        if (!_odds.Open(keys))
            return _covariance.Value.Influences(keys, gradient, groups);
        var sums = new Influence[groups.Count];
        foreach (var (probability, style) in _odds.Of(keys))
        {
            var influences = _covariance.Value.Influences(style, gradient, groups);
            for (var group = 0; group < sums.Length; group++)
                sums[group] = sums[group].Plus(probability, influences[group]);
        }
        return sums;
    }

    /// <summary>
    /// How far a fitted row is from what the fit would predict of it without it: measured over predicted step time, as a logarithm, and the
    /// standard deviation of that; null for a row that the fit does not have, or has several of.
    /// </summary>
    /// <param name="id">The row's name.</param>
    public (double LogError, double Deviation)? WithoutItself(string id)
    {
        int[] places = [.. Enumerable.Range(0, Rows.Count).Where(index => Rows[index].Id == id)];
        if (places is not [var at])
            return null;
        var row = Rows[at];
        double[] gradient = [.. row.Gradient];
        var own = _covariance.Value.Influences(row.Keys, gradient, [[at]])[0];
        return (row.Residual + own.Shift, Math.Sqrt(_covariance.Value.Variance(row.Keys, gradient) + own.Variance + 1 / row.Precision));
    }

    /// <summary>The value of a parameter; null when there is none.</summary>
    public double? Find(Parameter parameter) => _table.IndexOf(parameter) is >= 0 and var index ? _values[index] : null;

    /// <summary>The same model with other interval widths.</summary>
    public FittedModel With(IntervalScales scales) => new(Parameters, Rows, scales, Converged) { Own = Own, Scatter = Scatter };

    internal static FittedModel Create(ParameterTable table, SearchEnd end, IReadOnlyList<Workload> workloads, double[] weights,
        IReadOnlyDictionary<string, double> scatter) => new(
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
        end.Converged)
    {
        Scatter = scatter,
    };

    /// <summary>Variance of what whole models tell of a row that shares the model: leaving out such rows does not change it.</summary>
    internal double VarianceOfWhole(Workload workload)
    {
        var gradient = WorkloadEvaluation.Of(workload, Logs(workload.Keys), withGradient: true).Gradient;
        foreach (var prior in CoefficientPriors.All.Where(prior => prior.OfSplits))
            gradient[(int)prior.Coefficient] = 0;
        return LogVariance(workload.Keys, gradient);
    }

    /// <summary>Standard deviation of a configuration's measured log time about the equation.</summary>
    internal double ScatterOf(GroupKeys keys) => new SetupScatter(FitOptions.Default, Scatter).Of(keys);
}
