namespace SlmPlanner.Core.Planning.Results;

/// <summary>The currency in which people read a plan. All amounts of the plan itself stay in USD.</summary>
/// <param name="Code">Its code of three letters, for example EUR.</param>
/// <param name="PerUsd">How much of it a dollar is, &gt; 0, as the user states it.</param>
public sealed record PlanCurrency(string Code, double PerUsd)
{
    /// <summary>Dollars, as all amounts are kept.</summary>
    public static PlanCurrency Usd { get; } = new("USD", 1);
}
