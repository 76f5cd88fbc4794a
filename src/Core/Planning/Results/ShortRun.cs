using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>A short run of the user's own code, and how it would narrow the interval of the recommendation's cost.</summary>
/// <param name="Gpu">The device to run on, one of it.</param>
/// <param name="Provider">Who rents it out.</param>
/// <param name="InstanceType">The provider's machine type.</param>
/// <param name="Steps">Steps to run.</param>
/// <param name="Minutes">How long it takes, start-up included.</param>
/// <param name="CostUsd">What it costs, USD.</param>
/// <param name="HalfWidth">Half of the cost's interval as a share of its middle, as it is.</param>
/// <param name="HalfWidthAfter">The same once the run is learned.</param>
public sealed record ShortRun(
    string Gpu, string Provider, string InstanceType, int Steps, double Minutes, double CostUsd, double HalfWidth, double HalfWidthAfter);

/// <summary>One short run would tell much.</summary>
/// <param name="Run">The run.</param>
public sealed record ShortRunTells(ShortRun Run) : Finding(Severity.Hint, "short-run");
