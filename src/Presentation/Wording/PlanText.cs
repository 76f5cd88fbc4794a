using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Wording;

/// <summary>The sentences of a plan that stand outside its tables.</summary>
internal static class PlanText
{
    /// <summary>The answer in one sentence: the first of the result's reasons.</summary>
    public static string Answer(PlanResult result) =>
        PlanReasons.Of(result)[0];

    /// <summary>Why: the reasons after the answer, less the remedies, which every output lists apart.</summary>
    public static IEnumerable<string> Why(PlanResult result) =>
        PlanReasons.Of(result).Skip(1).Except(result.Remedies.Select(RejectionWords.Of), StringComparer.Ordinal);

    /// <summary>What was asked, in one line.</summary>
    public static string Asked(PlanRequest request)
    {
        var what = request.Model is { } model ? $"train {model.Name}" : "train the best model";
        var tokens = request.Tokens is { } count ? $" on {Readable.Count(count)} tokens" : "";
        var budget = request.BudgetUsd is { } usd ? $", at most {Readable.Usd(usd)}" : "";
        var deadline = request.DeadlineHours is { } hours ? $", within {Readable.Hours(hours)}" : "";
        var target = request.TargetLoss is { } loss ? $" to a loss of {Readable.Number(loss)}" : "";
        var served = request.InferenceTokens is { } inference ? $", to serve {Readable.Count(inference)} tokens" : "";
        return $"Asked: {what}{tokens}{target}{served}{budget}{deadline}; {Least(request)},"
            + $" {Readable.Percent(request.Confidence)} confidence.";
    }

    /// <summary>What the plan rests on, one sentence each, dates included.</summary>
    public static IEnumerable<string> Rests(Provenance provenance)
    {
        yield return Sentence($"Prices: {provenance.Offers}{Considered(provenance)}, seen {Readable.Date(provenance.OldestPrice)} to"
            + $" {Readable.Date(provenance.NewestPrice)}");
        yield return Sentence($"Performance: {provenance.Profile}; software stack"
            + $" {(provenance.Stack == Provenance.AnyStack ? "population of measured software stacks" : provenance.Stack)}");
        foreach (var sentence in LearnedWords.Of(provenance.Learned))
            yield return sentence;
        if (provenance.Accuracy.Length > 0)
            yield return Sentence($"Accuracy: {provenance.Accuracy}");
        yield return Sentence($"Loss: {provenance.LossLaw}");
        yield return $"Made on {Readable.Date(provenance.Made)} by {provenance.Program}.";
    }

    private static string Considered(Provenance provenance) =>
        provenance is { OffersConsidered: { } considered, OffersKnown: { } known } ? $", {considered} of {known} offers considered" : "";

    /// <summary>The text with one full stop at its end.</summary>
    private static string Sentence(string text) => text.TrimEnd('.') + ".";

    private static string Least(PlanRequest request) => request.Objective switch
    {
        Objective.Cost => "least cost",
        Objective.Time => "least time",
        Objective.Loss => "least expected loss",
        Objective.Balanced when request.DayWorthUsd is { } worth => $"least cost with a day worth {Readable.Usd(worth)}",
        Objective.Balanced => "cost and time balanced",
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };
}
