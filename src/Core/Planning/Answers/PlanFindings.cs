using System.Globalization;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What a reader of a plan should know.</summary>
/// <param name="asked">The request before defaults were filled in.</param>
/// <param name="outcome">The search.</param>
/// <param name="inputs">What the search drew on.</param>
public sealed class PlanFindings(PlanRequest asked, SearchOutcome outcome, PlanningInputs inputs)
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
            OwnFinding.Of(outcome),
            .. chosen is null || recommendation is null ? [] : Of(chosen, recommendation),
        ];
        return [.. findings.OfType<Finding>()];
    }

    private IEnumerable<Finding?> Of(Choice chosen, Candidate recommendation) =>
    [
        OldPrice(chosen),
        DeviceNotMeasured(chosen),
        BeyondMeasured.Of(recommendation, inputs.Performance.For(chosen.Platform.Device)),
        BatchMissed(chosen),
        .. Batch(chosen),
        SpotAssumed(chosen),
        SpotFinding.Of(chosen, outcome),
        .. LossFindings.For(inputs.Law, new(inputs.Law.ParametersOf(outcome.Goal.Model), outcome.Goal.Tokens)),
    ];

    private Finding? DefaultDeadline()
    {
        if (!RequestDefaults.Unlimited(asked))
            return null;
        var longest = Readable.Hours(inputs.LongestRunHours);
        return outcome.Request.DeadlineHours is not null
            ? new(Severity.Hint, "default-deadline", $"No deadline was given: a run of at most {longest} is assumed (--deadline, or the setting longest_run_days); the Pareto front shows longer and shorter ones.")
            : new(Severity.Warning, "default-deadline", $"No deadline was given, and nothing finishes within the {longest} assumed: the cheapest plan is recommended however long it takes.");
    }

    private Finding? OldPrice(Choice chosen)
    {
        var offer = chosen.Tally.Offer.Offer;
        var days = PriceAge.LeastDays(offer, outcome.Request.Today);
        return days <= inputs.StaleDays ? null : new(Severity.Warning, "stale-recommendation",
            $"The recommended price was last seen {days} days ago, on {offer.SeenUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: check it before renting.");
    }

    private IEnumerable<Finding> Batch(Choice chosen)
    {
        var setup = chosen.Priced.Evaluation.Setup;
        var loss = inputs.Law.Predict(inputs.Law.ParametersOf(outcome.Goal.Model), outcome.Goal.Tokens)?.Mean;
        return new BatchAdvisor(inputs.Batch).Advise(outcome.Goal.Tokens, setup.SeqLen, setup.TokensPerStep, loss).Findings;
    }

    private Finding? NetworkUnknown()
    {
        var unknown = outcome.Clusters.Where(cluster => cluster.LeftOutFor == Reason.NoNetworkData)
            .Select(cluster => cluster.Platform).Distinct()
            .SelectMany(platform => outcome.Space.Platforms.Where(hired => hired.Platform == platform))
            .SelectMany(hired => hired.Offers).Select(priced => priced.Offer).Distinct().Count();
        return unknown == 0 ? null : new(Severity.Hint, "multi-node-left-out",
            $"{unknown} offers state no network between machines: only single machines of them were considered.");
    }

    private Finding? NoDatasheet()
    {
        var gpus = outcome.Space.Excluded.Where(exclusion => exclusion.Reason == Reason.NoDatasheet)
            .SelectMany(exclusion => exclusion.Offers).Select(offer => offer.Gpu).Distinct().Order(StringComparer.Ordinal).ToList();
        return gpus.Count == 0 ? null : new(Severity.Hint, "no-datasheet",
            $"No datasheet at hand states matrix-multiply rate and memory bandwidth of {string.Join(", ", gpus)}: their offers were left out.");
    }

    /// <summary>A device of which no measured row was fitted is predicted from its datasheet and what other devices have in common.</summary>
    private Finding? DeviceNotMeasured(Choice chosen)
    {
        var device = chosen.Platform.Device;
        var fitted = inputs.Performance.For(device);
        return fitted.Devices.Contains(device.FittedAs ?? device.Name) ? null : new(Severity.Warning, "device-not-measured",
            $"No measured run on {chosen.Gpu} is among the {fitted.Rows.Count} rows of the fit: its speed follows from its datasheet, and its interval is wider for it.");
    }

    private Finding? BatchMissed(Choice chosen)
    {
        var (actual, target) = (chosen.Priced.Evaluation.Setup.TokensPerStep, outcome.Request.GlobalBatchTokens);
        var ratio = actual / target;
        return Math.Abs(ratio - 1) <= BatchDeviation ? null : new(Severity.Hint, "global-batch-adjusted",
            $"The global batch is {Readable.Count(actual)} tokens, {Readable.Percent(Math.Abs(ratio - 1))} {(ratio > 1 ? "above" : "below")} the {Readable.Count(target)} asked for, since whole sequences must divide over {chosen.Gpus} GPUs.");
    }

    private Finding? SpotAssumed(Choice chosen) =>
        !chosen.Tally.Offer.Spot ? null : new(Severity.Warning, "spot-interruptions-assumed",
            $"No interruption data of {chosen.Provider} is known: {Readable.Number(inputs.Risk.InterruptionsPerNodeHour.Value)} interruptions per machine-hour are {inputs.Risk.InterruptionsPerNodeHour.Kind}.");
}
