using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What a plan rests on.</summary>
public static class PlanProvenance
{
    /// <summary>The provenance of a search.</summary>
    public static Provenance Of(SearchOutcome outcome, PlanningInputs inputs)
    {
        var days = outcome.Space.Considered.Select(offer => offer.SeenUntil).DefaultIfEmpty(outcome.Request.Today).ToList();
        return new()
        {
            Program = inputs.Sources.Program,
            Made = outcome.Request.Today,
            Offers = $"{inputs.Sources.Offers}, {outcome.Space.Considered.Count} of {inputs.Offers.Count} offers considered",
            OldestPrice = days.Min(),
            NewestPrice = days.Max(),
            Profile = inputs.Sources.Profile,
            Stack = outcome.Request.Stack ?? "population of measured software stacks",
            LossLaw = $"{inputs.Law.Name}: {inputs.Law.Source}",
            Accuracy = inputs.Sources.Accuracy,
            Assumptions = [.. Assumptions(outcome), .. LongestRun(inputs), .. AssumptionWords.Sentences(inputs.Risk)],
        };
    }

    private static IEnumerable<string> LongestRun(PlanningInputs inputs)
    {
        yield return $"A request for the cheapest plan without any limit, or for the lowest loss without a deadline, means a run of at most {Readable.Hours(inputs.LongestRunHours)}.";
    }

    private static IEnumerable<string> Assumptions(SearchOutcome outcome)
    {
        yield return $"Global batch {Readable.Count(outcome.Request.GlobalBatchTokens)} tokens, met within {Readable.Percent(GlobalBatch.Tolerance - 1)}; sequences of {outcome.Request.SeqLen} tokens.";
        yield return "Machines are rented whole, in powers of two or all that are allowed; own machines in any number. They train with data parallelism, sharded or not.";
        yield return $"Limits hold with probability {Readable.Number(outcome.Request.Confidence)}; intervals cover {Readable.Percent(outcome.Request.Confidence)} of the outcomes that the model expects.";
    }
}
