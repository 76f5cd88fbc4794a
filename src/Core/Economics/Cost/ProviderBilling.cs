using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>A provider's way of counting time, with its source.</summary>
/// <param name="Provider">Provider as in offers; <c>*</c> for all others.</param>
/// <param name="UnitS">Billing unit in seconds.</param>
/// <param name="MinimumS">Least billed time in seconds.</param>
/// <param name="Kind">How well it is known.</param>
/// <param name="Source">Where it was read.</param>
public sealed record ProviderBilling(string Provider, double UnitS, double MinimumS, SourceKind Kind, string Source);
