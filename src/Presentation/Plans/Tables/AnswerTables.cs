using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>The three answers as a table.</summary>
internal static class AnswerTables
{
    /// <summary>One answer a line; nothing for a plan of before there were three.</summary>
    public static ReportTable Answers(PlanResult result) => ReportTable.Of<Answer>(
        "Three answers",
        result.Answers ?? [],
        new("answer", answer => AnswerWords.Name(answer.Role) + (answer.Recommended ? " (recommended)" : "")),
        new("machines", answer => AnswerWords.Machines(answer.Candidate)),
        new("cost", answer => AnswerWords.Cost(answer.Candidate), IsNumber: true),
        new("time", answer => AnswerWords.Time(answer.Candidate), IsNumber: true),
        new("fits", answer => AnswerWords.Fits(answer.Candidate), IsNumber: true),
        new("price of", answer => Readable.Date(answer.Candidate.PriceDate)),
        new("it takes", answer => AccessWords.Takes(answer.Candidate)),
        new("pays if a day is worth", answer => answer.UsdPerDaySaved is { } usd ? Readable.Usd(usd) : Readable.Missing, IsNumber: true));
}
