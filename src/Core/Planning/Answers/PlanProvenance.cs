using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What a plan rests on.</summary>
internal static class PlanProvenance
{
    /// <summary>The provenance of a search.</summary>
    public static Provenance Of(SearchOutcome outcome, PlanningInputs inputs)
    {
        var days = outcome.Space.Considered.Select(offer => offer.SeenUntil).DefaultIfEmpty(outcome.Request.Today).ToList();
        return new()
        {
            Program = inputs.Sources.Program,
            Made = outcome.Request.Today,
            Offers = inputs.Sources.Offers,
            OffersConsidered = outcome.Space.Considered.Count,
            OffersKnown = inputs.Offers.Count,
            OldestPrice = days.Min(),
            NewestPrice = days.Max(),
            Profile = inputs.Sources.Profile,
            Stack = outcome.Request.Stack ?? Provenance.AnyStack,
            LossLaw = $"{inputs.Law.Name}: {inputs.Law.Source}",
            Accuracy = inputs.Sources.Accuracy,
            Learned = outcome.Recommendation is { } chosen ? LearnedBehind.Of(chosen, outcome, inputs) : null,
            Assumptions =
            [
                new GlobalBatchAssumed(outcome.Request.GlobalBatchTokens, GlobalBatch.Tolerance - 1, outcome.Request.SeqLen!.Value),
                new WholeMachinesAssumed(),
                new ConfidenceAssumed(outcome.Request.Confidence),
                new LongestRunAssumed(inputs.LongestRunHours),
                .. RunAssumption.All.Select(assumption => new RiskNumberAssumed(assumption.Key, inputs.Risk.Of(assumption))),
            ],
        };
    }
}
