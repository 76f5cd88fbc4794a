using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Forecasts;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What a reader of a plan should know.</summary>
/// <param name="asked">The request before defaults were filled in.</param>
/// <param name="outcome">The search.</param>
/// <param name="inputs">What the search drew on.</param>
internal sealed class PlanFindings(PlanRequest asked, SearchOutcome outcome, PlanningInputs inputs)
{
    /// <summary>A global batch this far from the target is worth a hint.</summary>
    private const double BatchDeviation = 0.02;

    /// <summary>All findings, in a fixed order.</summary>
    /// <param name="chosen">The recommendation; null when there is none.</param>
    /// <param name="recommendation">The same in full.</param>
    public IReadOnlyList<Finding> All(Choice? chosen, Candidate? recommendation)
    {
        IEnumerable<Finding?> findings =
        [
            DefaultDeadline(),
            PriceAge.Stale([.. outcome.Space.Considered], outcome.Request.Today, inputs.StaleDays),
            NetworkUnknown(),
            NoDatasheet(),
            RentalFindings.OwnOrRented(outcome),
            .. AccessFindings.OutOfReach(outcome),
            .. chosen is null || recommendation is null ? [] : Of(chosen, recommendation),
            .. StallFindings.Of(outcome, inputs, chosen),
        ];
        return [.. findings.OfType<Finding>()];
    }

    private IEnumerable<Finding?> Of(Choice chosen, Candidate recommendation) =>
    [
        OldPrice(chosen),
        Drifted(chosen),
        AccessFindings.NetworkAssumed(recommendation),
        DeviceNotMeasured(chosen),
        BeyondMeasured.Of(recommendation, inputs.Performance.For(chosen.Platform.Device)),
        BatchMissed(chosen),
        .. outcome.Goal.Tuning is null ? Batch(chosen) : FineTuningFindings.Of(outcome.Goal, chosen),
        Repeated(),
        SpotAssumed(chosen),
        RentalFindings.SpotOrOnDemand(chosen, outcome),
        .. ModelFindings.Of(outcome.Goal.Model),
        ExpertsShared(chosen),
        recommendation.EvaluationPeak is { } evaluation ? new EvaluationDecidesMemory(evaluation, recommendation.PeakMemoryBytes) : null,
        .. outcome.Goal.HasLossLaw
            ? LossFindings.For(inputs.Law, new(inputs.Law.ParametersOf(outcome.Goal.Model), outcome.Goal.Tokens)) : [],
    ];

    private DefaultDeadline? DefaultDeadline() =>
        RequestDefaults.Unlimited(asked) ? new(inputs.LongestRunHours, outcome.Request.DeadlineHours is not null) : null;

    private StaleRecommendation? OldPrice(Choice chosen)
    {
        var seen = chosen.Offer.SeenOf(chosen.Result.PricedOffer.Spot).Until;
        var days = outcome.Request.Today.DayNumber - seen.DayNumber;
        return days <= inputs.StaleDays ? null : new(days, seen);
    }

    private DataRepeated? Repeated() => inputs.Law.Repeated is { } data
        && data.Epochs(outcome.Goal.Tokens) is > Repetition.FreeEpochs and var epochs
        ? new(data.UniqueTokens, epochs, data.Worth(outcome.Goal.Tokens), data.NextWorth(outcome.Goal.Tokens)) : null;

    private PricesDrifted? Drifted(Choice chosen)
    {
        if (asked.RentOn is not { } day || day == asked.Today)
            return null;
        var days = day.DayNumber - asked.Today.DayNumber;
        return inputs.Prices?.Of(chosen.Gpu, chosen.Result.PricedOffer.Spot, days) is { } move
            ? new(day, PriceDrift.Factor(move, days), move) : null;
    }

    private ExpertParallelNotMeasured? ExpertsShared(Choice chosen) => chosen.Priced.Evaluation.Setup is { Mesh.Expert: > 1 } setup
        ? new(setup.Mesh.Expert, setup.ExpertLoad, outcome.Request.ExpertImbalance is null) : null;

    private IEnumerable<Finding> Batch(Choice chosen)
    {
        var setup = chosen.Priced.Evaluation.Setup;
        var loss = outcome.Goal.HasLossLaw ? inputs.Law.Predict(inputs.Law.ParametersOf(outcome.Goal.Model), outcome.Goal.Tokens)?.Mean
            : null;
        return new BatchAdvisor(inputs.Batch).Advise(outcome.Goal.Tokens, setup.SeqLen, setup.TokensPerStep, loss).Findings;
    }

    private MultiNodeLeftOut? NetworkUnknown()
    {
        var unknown = outcome.Clusters.Where(cluster => cluster.LeftOutFor == Reason.NoNetworkData)
            .Select(cluster => cluster.Platform).Distinct()
            .SelectMany(platform => outcome.Space.Platforms.Where(offered => offered.Platform == platform))
            .SelectMany(offered => offered.Offers).Select(priced => priced.Offer).Distinct().Count();
        return unknown == 0 ? null : new(unknown);
    }

    private NoDatasheet? NoDatasheet()
    {
        var gpus = outcome.Space.Excluded.Where(exclusion => exclusion.Reason == Reason.NoDatasheet)
            .SelectMany(exclusion => exclusion.Offers).Select(offer => offer.Gpu).Distinct().Order(StringComparer.Ordinal).ToList();
        return gpus.Count == 0 ? null : new(gpus);
    }

    private DeviceNotMeasured? DeviceNotMeasured(Choice chosen)
    {
        var device = chosen.Platform.Device;
        var fitted = inputs.Performance.For(device);
        return fitted.Devices.Contains(device.FittedAs ?? device.Name) ? null : new(chosen.Gpu, fitted.Rows.Count);
    }

    private GlobalBatchAdjusted? BatchMissed(Choice chosen)
    {
        var (actual, target) = (chosen.Priced.Evaluation.Setup.PositionsPerStep, outcome.Request.GlobalBatchTokens);
        return Math.Abs(actual / target - 1) <= BatchDeviation ? null : new(actual, target, chosen.Gpus);
    }

    private SpotInterruptionsAssumed? SpotAssumed(Choice chosen) =>
        chosen.Result.PricedOffer.Spot ? new(chosen.Provider, inputs.Risk.Of(RunAssumption.Interruptions)) : null;
}

/// <summary>No limit was given, so a longest run is assumed.</summary>
/// <param name="Hours">The longest run assumed.</param>
/// <param name="Kept">False when nothing finishes within it, and the cheapest plan is recommended however long it takes.</param>
public sealed record DefaultDeadline(double Hours, bool Kept) : Finding(Kept ? Severity.Hint : Severity.Warning, "default-deadline");

/// <summary>Ranks share the experts, of which no measured run is at hand.</summary>
/// <param name="Ranks">Ranks that share them.</param>
/// <param name="Imbalance">Tokens of the fullest rank over those of the average one.</param>
/// <param name="Assumed">True where that was not stated.</param>
public sealed record ExpertParallelNotMeasured(int Ranks, double Imbalance, bool Assumed)
    : Finding(Severity.Warning, "expert-parallel-not-measured");

/// <summary>The peak of memory is that of the evaluation, not of training.</summary>
/// <param name="Evaluation">The evaluation.</param>
/// <param name="PeakBytes">Its peak.</param>
public sealed record EvaluationDecidesMemory(EvaluationPeak Evaluation, double PeakBytes)
    : Finding(Severity.Hint, "evaluation-decides-memory");

/// <summary>The recommended price is old.</summary>
/// <param name="Days">Days since it was last seen.</param>
/// <param name="SeenUntil">The day it was last seen.</param>
public sealed record StaleRecommendation(int Days, DateOnly SeenUntil) : Finding(Severity.Warning, "stale-recommendation");

/// <summary>Offers state no network between machines, so that only single machines of them were considered.</summary>
/// <param name="Offers">How many.</param>
public sealed record MultiNodeLeftOut(int Offers) : Finding(Severity.Hint, "multi-node-left-out");

/// <summary>Offers are left out for want of a datasheet.</summary>
/// <param name="Gpus">Their devices.</param>
public sealed record NoDatasheet(IReadOnlyList<string> Gpus) : Finding(Severity.Hint, "no-datasheet");

/// <summary>A device without a measured row is predicted from its datasheet and from what other devices have in common.</summary>
/// <param name="Gpu">The device.</param>
/// <param name="Rows">Rows of the fit.</param>
public sealed record DeviceNotMeasured(string Gpu, int Rows) : Finding(Severity.Warning, "device-not-measured");

/// <summary>The global batch differs from the one asked for, since whole sequences must divide over the devices.</summary>
/// <param name="Tokens">The global batch.</param>
/// <param name="AskedTokens">The one asked for.</param>
/// <param name="Gpus">Devices.</param>
public sealed record GlobalBatchAdjusted(double Tokens, double AskedTokens, int Gpus) : Finding(Severity.Hint, "global-batch-adjusted");

/// <summary>How often a provider interrupts spot machines is assumed.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="PerNodeHour">Interruptions per machine and hour.</param>
public sealed record SpotInterruptionsAssumed(string Provider, SourcedNumber PerNodeHour)
    : Finding(Severity.Warning, "spot-interruptions-assumed");
