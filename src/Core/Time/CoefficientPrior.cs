namespace SlmPlanner.Core.Time;

/// <summary>What is believed of a coefficient before any measurement: its size, and how far groups differ.</summary>
/// <param name="Coefficient">The coefficient.</param>
/// <param name="Value">Its size in the population.</param>
/// <param name="Deviation">Standard deviation of the population's logarithm about that of <paramref name="Value"/>.</param>
/// <param name="Levels">Standard deviations of the groups' logarithms about the population.</param>
public sealed record CoefficientPrior(StepCoefficient Coefficient, double Value, double Deviation, params IReadOnlyList<LevelPrior> Levels)
{
    /// <summary>Where a group starts, as a logarithm relative to the population; 0 for every group where left out.</summary>
    public Func<GroupLevel, string, double> Start { get; init; } = (_, _) => 0;

    /// <summary>True of a coefficient that only runs that share the model among ranks have.</summary>
    public bool OfSplits { get; init; }
}

/// <summary>How far the groups of one level differ.</summary>
/// <param name="Level">The level.</param>
/// <param name="Deviation">Standard deviation of the natural logarithm.</param>
public readonly record struct LevelPrior(GroupLevel Level, double Deviation);
