using System.Globalization;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>The numbers of <c>profiles/risk.json</c>: what runs do besides their steps, each with its source.</summary>
public sealed record RiskProfile
{
    /// <summary>Version of the file format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>One number for each of <see cref="RunAssumption.All"/>, by its key.</summary>
    public required IReadOnlyDictionary<string, SourcedNumber> Numbers { get; init; }

    /// <summary>Billing by provider; the entry named <c>*</c> holds for the others.</summary>
    public required IReadOnlyList<ProviderBilling> Billing { get; init; }

    /// <summary>The numbers alone, as the models take them.</summary>
    public RunAssumptions Assumptions =>
        RunAssumption.All.Aggregate(new RunAssumptions(), (runs, assumption) => assumption.With(runs, Of(assumption).Value));

    /// <summary>A number with its source.</summary>
    public SourcedNumber Of(RunAssumption assumption) => Numbers[assumption.Key];

    /// <summary>The rule by which a provider bills.</summary>
    /// <param name="provider">Provider as in offers.</param>
    public BillingRule BillingOf(string provider)
    {
        var entry = Billing.FirstOrDefault(billing => billing.Provider == provider) ?? Billing.First(billing => billing.Provider == "*");
        return new(entry.UnitS, entry.MinimumS);
    }
}

/// <summary>A provider's way of counting time, with its source.</summary>
/// <param name="Provider">Provider as in offers; <c>*</c> for all others.</param>
/// <param name="UnitS">Billing unit in seconds.</param>
/// <param name="MinimumS">Least billed time in seconds.</param>
/// <param name="Kind"><c>documented</c>, <c>recalled</c> or <c>assumed</c>.</param>
/// <param name="Source">Where it was read.</param>
public sealed record ProviderBilling(string Provider, double UnitS, double MinimumS, string Kind, string Source);
