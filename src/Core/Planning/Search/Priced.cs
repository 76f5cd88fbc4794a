namespace SlmPlanner.Core.Planning.Search;

/// <summary>A setup with the time and money of the whole run on one offer.</summary>
/// <param name="Evaluation">The setup and its prediction.</param>
/// <param name="Ordinal">Place among the setups of its platform and node count; smaller is simpler.</param>
/// <param name="Hours">Expected duration of the run (<see cref="Economics.Cost.RunModel.Expect(in Economics.Cost.RunDemand, double)"/>).</param>
/// <param name="CostUsd">Its expected cost.</param>
/// <param name="LimitHours">Duration that is not exceeded with the asked confidence.</param>
/// <param name="LimitCostUsd">Cost that is not exceeded with the asked confidence.</param>
public readonly record struct Priced(
    Evaluation Evaluation, int Ordinal, double Hours, double CostUsd, double LimitHours, double LimitCostUsd);
