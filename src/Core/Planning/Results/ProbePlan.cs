using System.Text.Json.Serialization;
using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>What measuring before renting is worth.</summary>
public sealed record ProbePlan
{
    /// <summary>Version of this format.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>What would be rented without measuring: devices and offer.</summary>
    public required string ChosenNow { get; init; }

    /// <summary>Its expected cost, USD.</summary>
    public required double CostUsd { get; init; }

    /// <summary>Its expected duration, hours.</summary>
    public required double Hours { get; init; }

    /// <summary>Every offer worth considering, the most useful to measure first.</summary>
    public required IReadOnlyList<Probe> Probes { get; init; }

    /// <summary>The probes to buy; none where measuring does not pay.</summary>
    public required IReadOnlyList<Probe> Portfolio { get; init; }

    /// <summary>What the portfolio costs, USD.</summary>
    public required double PortfolioUsd { get; init; }

    /// <summary>What a choice after the portfolio is expected to save, USD; negative where it buys time.</summary>
    public required double ExpectedSavingUsd { get; init; }

    /// <summary>What a choice after the portfolio is expected to save, hours; negative where it saves money.</summary>
    public required double ExpectedSavingH { get; init; }

    /// <summary>What an hour sooner counts beside money, USD; null where money alone is made least.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? HourWorthUsd { get; init; }

    /// <summary>
    /// What the choice made now is expected to cost beyond the best one in hindsight, USD, with hours at <see cref="HourWorthUsd"/>.
    /// </summary>
    public required double RegretUsdBefore { get; init; }

    /// <summary>The same after the portfolio, USD.</summary>
    public required double RegretUsdAfter { get; init; }

    /// <summary>Regret against money spent on probes, from none on.</summary>
    public required IReadOnlyList<RegretPoint> Path { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>A short measurement on one machine of an offer.</summary>
/// <param name="Offer">The machine, its provider and region.</param>
/// <param name="Provider">The provider.</param>
/// <param name="InstanceType">The machine.</param>
/// <param name="Region">The region.</param>
/// <param name="Gpu">Its devices.</param>
/// <param name="Gpus">Devices rented for the probe.</param>
/// <param name="Minutes">Minutes of measuring, start-up aside.</param>
/// <param name="CostUsd">What it costs, start-up and least rental included.</param>
/// <param name="ExpectedSavingUsd">What a choice after this probe alone is expected to save, USD.</param>
/// <param name="ExpectedSavingH">What a choice after this probe alone is expected to save, hours.</param>
/// <param name="ChangeProbability">How likely it is that the probe changes the choice, 0..1.</param>
public sealed record Probe(
    string Offer, string Provider, string InstanceType, string Region, string Gpu, int Gpus, double Minutes, double CostUsd,
    double ExpectedSavingUsd, double ExpectedSavingH, double ChangeProbability);

/// <summary>What remains to regret after money was spent on probes.</summary>
/// <param name="SpentUsd">Spent on probes, USD.</param>
/// <param name="RegretUsd">Expected cost beyond the best choice in hindsight, USD, with hours at their worth.</param>
/// <param name="Probe">The offer measured last; null where nothing was spent.</param>
public sealed record RegretPoint(double SpentUsd, double RegretUsd, string? Probe);
