namespace SlmPlanner.Core.Time;

/// <summary>One number of the hierarchical model: how far a group's logarithm of a coefficient is from its prior size.</summary>
/// <param name="Coefficient">The coefficient.</param>
/// <param name="Level">The level.</param>
/// <param name="Key">The group; empty for the population.</param>
public readonly record struct Parameter(StepCoefficient Coefficient, GroupLevel Level, string Key);
