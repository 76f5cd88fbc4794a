using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Wording;

/// <summary>The three answers in the fewest words: what a line or a card of one holds.</summary>
internal static class AnswerWords
{
    /// <summary>The name of a role.</summary>
    public static string Name(AnswerRole role) => role switch
    {
        AnswerRole.Cheapest => "cheapest",
        AnswerRole.Balanced => "balanced",
        AnswerRole.Fastest => "fastest",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>What to rent: <c>8×H100-SXM lambda</c>, machines first where they are several.</summary>
    public static string Machines(Candidate candidate) =>
        $"{(candidate.Nodes > 1 ? $"{candidate.Nodes}×" : "")}{candidate.GpusPerNode}×{candidate.Gpu} {candidate.Provider}"
        + (candidate.AssumedNetworkGbitS is null ? "" : " †");

    /// <summary>Expected cost and its interval: <c>$919 (850–1,010)</c>; the amount alone where it is sure.</summary>
    public static string Cost(Candidate candidate)
    {
        var (low, high, sign) = (Readable.Usd(candidate.CostUsdLow), Readable.Usd(candidate.CostUsdHigh), ShownCurrency.Sign.Length);
        return Readable.Usd(candidate.CostUsd) + (low == high ? "" : $" ({low[sign..]}–{high[sign..]})");
    }

    /// <summary>Expected time and its interval, the unit once where it is the same: <c>2.1 days (1.7–2.6)</c>.</summary>
    public static string Time(Candidate candidate)
    {
        var range = Readable.HoursRange(candidate.HoursLow, candidate.HoursHigh);
        var expected = Readable.HoursLike(candidate.Hours, candidate.HoursHigh);
        var unit = expected[expected.LastIndexOf(' ')..];
        return $"{expected} ({(range.EndsWith(unit, StringComparison.Ordinal) ? range[..^unit.Length] : range)})";
    }

    /// <summary>Whether it fits in memory, in a word with the probability: <c>likely (83 %)</c>.</summary>
    public static string Fits(Candidate candidate) => candidate.FitsProbability is not { } probability ? Readable.Missing
        : $"{Word(probability)} ({Chance(probability)})";

    /// <summary>The same for a narrow column headed "fits": the word only where the verdict is not that it does.</summary>
    public static string FitsShort(Candidate candidate) => candidate.FitsProbability is not { } probability ? Readable.Missing
        : probability > FitVerdicts.Sure ? Chance(probability)
        : $"{Word(probability)} {Chance(probability)}";

    /// <summary>
    /// The same as the start of a sentence about its memory: <c>It is likely to fit (83 %)</c>; null where it is not known.
    /// </summary>
    public static string? FitsSentence(Candidate candidate) => candidate.FitsProbability is not { } probability ? null
        : FitVerdicts.Of(probability) switch
        {
            FitVerdict.Yes => "It fits",
            FitVerdict.Likely => "It is likely to fit",
            FitVerdict.Unlikely => "It is unlikely to fit",
            _ => "It does not fit",
        }
        + $" ({Chance(probability)})";

    private static string Word(double probability) => FitVerdicts.Of(probability) switch
    {
        FitVerdict.Yes => "fits",
        FitVerdict.Likely => "likely",
        FitVerdict.Unlikely => "unlikely",
        _ => "does not fit",
    };

    private static string Chance(double probability) => probability switch
    {
        > 0.99 => "> 99 %",
        < 0.01 => "< 1 %",
        _ => Readable.Percent(probability),
    };

    /// <summary>The answer before it that is the same candidate; null when it differs from all of them.</summary>
    public static AnswerRole? SameAs(IReadOnlyList<Answer> answers, int index) =>
        answers.Take(index).Where(earlier => IsSame(earlier.Candidate, answers[index].Candidate)).Select(answer => (AnswerRole?)answer.Role)
        .FirstOrDefault();

    /// <summary>Why the recommended one is: the objective, or that none was stated.</summary>
    public static string Why(PlanRequest request) => request.Objective switch
    {
        Objective.Cost => "least cost was asked for",
        Objective.Time => "least time was asked for",
        Objective.Loss => "the lowest loss was asked for",
        _ when request.DayWorthUsd is { } worth => $"least cost with a day worth {Readable.Usd(worth)}",
        _ => "most speed for the money; --objective cost or time, or --day-worth USD, asks otherwise",
    };

    private static bool IsSame(Candidate left, Candidate right) =>
        left.PlanId == right.PlanId && left.Hours == right.Hours && left.CostUsd == right.CostUsd;
}
