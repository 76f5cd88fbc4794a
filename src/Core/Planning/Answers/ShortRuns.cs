using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>
/// What one short run of the user's own code would buy. A run on any device tells the factor of the set-up and of the stack, which is most
/// of
/// what is open of a plan; on the plan's own device it tells more and may cost more.
/// </summary>
/// <param name="outcome">The search.</param>
/// <param name="inputs">What the search drew on.</param>
internal sealed class ShortRuns(SearchOutcome outcome, PlanningInputs inputs)
{
    private const int Steps = 50;
    private const double SecondsPerMinute = 60, MinutesPerHour = 60;

    /// <summary>A run is worth naming where it takes away a tenth of the width at least.</summary>
    private const double LeastNarrowing = 0.1;

    /// <summary>The cheapest run that narrows at least so much of what the best of them does.</summary>
    private const double MostOfBest = 0.8;

    /// <summary>Probability that a run must fit its device.</summary>
    private const double SureToFit = 0.95;

    /// <summary>The run to take; null where none tells much.</summary>
    /// <param name="chosen">The recommendation.</param>
    /// <param name="recommendation">The same in full.</param>
    public ShortRun? Best(Choice chosen, Candidate recommendation)
    {
        if (recommendation is not { CostUsdLow: > 0 } || recommendation.CostUsdHigh <= recommendation.CostUsdLow)
            return null;
        var halfLog = Math.Log(recommendation.CostUsdHigh / recommendation.CostUsdLow) / 2;
        var runs = outcome.Space.Considered
            .Where(offer => offer is { GpusPerNode: 1, OnDemandUsdPerHour: > 0, Owned: false, TermMonths: null })
            .GroupBy(offer => offer.Gpu)
            .Select(gpu => gpu.OrderBy(offer => offer.OnDemandUsdPerHour).ThenBy(offer => offer.Provider, StringComparer.Ordinal).First())
            .OrderBy(offer => offer.Gpu, StringComparer.Ordinal)
            .Select(offer => Of(offer, chosen, halfLog)).OfType<ShortRun>().ToList();
        if (runs.Count == 0)
            return null;
        var most = runs.Max(run => run.HalfWidth - run.HalfWidthAfter);
        return most < LeastNarrowing * runs[0].HalfWidth ? null
            : runs.Where(run => run.HalfWidth - run.HalfWidthAfter >= MostOfBest * most).MinBy(run => run.CostUsd);
    }

    private ShortRun? Of(Offer offer, Choice chosen, double halfLog)
    {
        var (model, stack) = (outcome.Goal.Model, outcome.Request.Stack);
        var device = inputs.Devices[offer.Gpu];
        var setup = chosen.Priced.Evaluation.Setup;
        var trial = setup with { GradAccum = 1, Layout = Scheme.Ddp.On(1, 1) };
        var fit = inputs.Performance.For(device);
        var usable = new Platform(device, 1, null, inputs.UsableMemoryShare).UsableBytes;
        if (!ReferenceEquals(fit, inputs.Performance.For(chosen.Platform.Device)) || DeviceRatesMissing(device, trial.Precision)
            || inputs.MemoryOf(model, device, outcome.Request).FitsProbability(trial, usable) < SureToFit)
            return null;
        var asked = chosen.Time(inputs.Performance, model, stack);
        var tried = inputs.Performance.Bind(model, device, null, stack);
        var noise = FitOptions.Default.Scatter * FitOptions.Default.Scatter;
        var (before, after) = fit.Narrowed(Mine(asked.Belief(setup)), Mine(tried.Belief(trial)), noise);
        var ratio = Math.Sqrt((after + noise) / (before + noise));
        var seconds = outcome.Goal.Runs.UntilFirstStep(trial.Compile) + (Steps * tried.Predict(trial).TotalSeconds);
        var minutes = seconds / SecondsPerMinute;
        return new(
            offer.Gpu, offer.Provider, offer.InstanceType, Steps, minutes, offer.OnDemandUsdPerHour!.Value * minutes / MinutesPerHour,
            Math.Sinh(halfLog), Math.Sinh(halfLog * ratio));
    }

    /// <summary>What the user would run is in a set-up of their own, known or not.</summary>
    private static (GroupKeys Keys, double[] Slopes) Mine(SpeedBelief belief) =>
        (belief.Keys with { Source = belief.Keys.Source ?? OwnGroups.Unnamed }, belief.Slopes);

    private static bool DeviceRatesMissing(Accelerator device, Precision precision) => DeviceRates.Of(device, precision) is null;
}
