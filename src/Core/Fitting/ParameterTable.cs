using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;

namespace SlmPlanner.Core.Fitting;

/// <summary>The parameters that a set of groups needs, with their priors, and where each configuration finds its own.</summary>
internal sealed class ParameterTable
{
    private readonly Dictionary<Parameter, int> _index = [];
    private readonly List<Parameter> _parameters = [];
    private readonly List<double> _means = [];
    private readonly List<double> _deviations = [];

    /// <summary>Collects the parameters of configurations, the population's first.</summary>
    public ParameterTable(IEnumerable<GroupKeys> groups)
    {
        foreach (var prior in CoefficientPriors.All)
            Add(new(prior.Coefficient, GroupLevel.Population, ""), prior.Deviation);
        foreach (var keys in groups)
            foreach (var prior in CoefficientPriors.All)
                foreach (var level in prior.Levels)
                    if (keys.At(level.Level) is { } key && (keys.Split is null || TellsOf(prior, level.Level)))
                        Add(new(prior.Coefficient, level.Level, key), level.Deviation);
    }

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Prior means.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>Prior standard deviations.</summary>
    public IReadOnlyList<double> Deviations => _deviations;

    /// <summary>The position of a parameter; -1 when no configuration has its group.</summary>
    public int IndexOf(Parameter parameter) => _index.GetValueOrDefault(parameter, -1);

    /// <summary>
    /// Positions of the parameters that add up to each coefficient of a configuration, in the order of the coefficients.
    /// Groups that are not in the table are left out: <see cref="UnseenMeans"/> has them.
    /// </summary>
    public int[][] Members(GroupKeys keys) => [.. CoefficientPriors.All.Select(prior => prior.Levels
        .Select(level => keys.At(level.Level) is { } key ? IndexOf(new(prior.Coefficient, level.Level, key)) : -1)
        .Prepend(IndexOf(new(prior.Coefficient, GroupLevel.Population, "")))
        .Where(index => index >= 0).ToArray())];

    /// <summary>
    /// Of <see cref="Members"/>, those that a measured row tells of. A run that shares the model among ranks tells only of what sharing
    /// adds and of its stack's other such runs: what a whole model costs is learned from whole models (a cut; Plummer 2015, "Cuts in
    /// Bayesian graphical models").
    /// </summary>
    public int[][] Told(GroupKeys keys) => keys.Split is null ? Members(keys)
        : [.. CoefficientPriors.All.Zip(Members(keys), (prior, group) =>
            group.Where(member => TellsOf(prior, _parameters[member].Level)).ToArray())];

    private static bool TellsOf(CoefficientPrior prior, GroupLevel level) => prior.OfSplits || level == GroupLevel.Split;

    /// <summary>Prior mean of what a configuration's unseen groups add to each coefficient's logarithm.</summary>
    public double[] UnseenMeans(GroupKeys keys) => [.. CoefficientPriors.All.Select(prior => prior.Levels
        .Sum(level => keys.At(level.Level) is { } key && IndexOf(new(prior.Coefficient, level.Level, key)) < 0
            ? CoefficientPriors.Start(prior.Coefficient, level.Level, key)
            : 0))];

    /// <summary>Prior variance of what a configuration's unseen groups add to each coefficient's logarithm.</summary>
    /// <param name="keys">The configuration.</param>
    /// <param name="levels">Levels that count; all where null.</param>
    public double[] UnseenVariance(GroupKeys keys, IReadOnlyList<GroupLevel>? levels = null) => [.. CoefficientPriors.All.Select(
        prior => prior.Levels.Where(level => levels?.Contains(level.Level) != false && IsUnseen(prior.Coefficient, level.Level, keys))
        .Sum(level => level.Deviation * level.Deviation))];

    /// <summary>
    /// The part of <see cref="UnseenVariance"/> that two configurations have in common: the same group, or both of one not known.
    /// </summary>
    public double[] SharedUnseenVariance(GroupKeys left, GroupKeys right) => [.. CoefficientPriors.All.Select(prior => prior.Levels
        .Where(level => left.At(level.Level) == right.At(level.Level) && IsUnseen(prior.Coefficient, level.Level, left))
        .Sum(level => level.Deviation * level.Deviation))];

    /// <summary>A calibrated machine was measured with its own software: what is not named of it is not unseen.</summary>
    private bool IsUnseen(StepCoefficient coefficient, GroupLevel level, GroupKeys keys) =>
        keys.At(level) is { } key ? IndexOf(new(coefficient, level, key)) < 0
        : !GroupLevels.MayBeAbsent(level) && keys.Machine is null;

    private void Add(Parameter parameter, double deviation)
    {
        if (!_index.TryAdd(parameter, _parameters.Count))
            return;
        _parameters.Add(parameter);
        _means.Add(CoefficientPriors.Start(parameter.Coefficient, parameter.Level, parameter.Key));
        _deviations.Add(deviation);
    }
}

/// <summary>One number of the hierarchical model: how far a group's logarithm of a coefficient is from its prior size.</summary>
/// <param name="Coefficient">The coefficient.</param>
/// <param name="Level">The level.</param>
/// <param name="Key">The group; empty for the population.</param>
public readonly record struct Parameter(StepCoefficient Coefficient, GroupLevel Level, string Key);
