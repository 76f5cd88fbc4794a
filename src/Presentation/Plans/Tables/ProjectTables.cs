using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>The bill of a whole project.</summary>
internal static class ProjectTables
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["final-run"] = "the final run", ["ablations"] = "ablations", ["seeds"] = "more seeds", ["trials"] = "hyper-parameter trials",
        ["failed-runs"] = "runs that fail or are repeated", ["evaluation"] = "evaluation", ["data"] = "preparing the data",
        ["storage"] = "storage", ["waiting"] = "people's waiting",
    };

    /// <summary>What each part of a bill is, by its key.</summary>
    public static IReadOnlyDictionary<string, string> Parts => Words;

    /// <summary>One row for each part, then the sum and what to keep in hand.</summary>
    public static ReportTable Bill(ProjectBill? bill) => bill is null ? ReportTable.Of<ProjectPart>("", [], [])
        : ReportTable.Of<(string Name, string Usd, string Range, string Source)>(
        "The bill of the whole project", [.. bill.Parts.Select(Row), .. Sums(bill)],
        new("part", row => row.Name), new("expected", row => row.Usd, IsNumber: true),
        new("eight of ten times", row => row.Range, IsNumber: true),
        new("rests on", row => row.Source));

    private static (string Name, string Usd, string Range, string Source) Row(ProjectPart part) => (
        Words[part.Part], Readable.Usd(part.ExpectedUsd), Readable.UsdRange(part.LowUsd, part.HighUsd),
        !part.Assumed ? part.Part == "final-run" ? "this plan" : "as you said" : $"{(part.Verified ? "" : "unverified: ")}{part.Source}");

    private static IEnumerable<(string Name, string Usd, string Range, string Source)> Sums(ProjectBill bill)
    {
        yield return ("together", Readable.Usd(bill.ExpectedUsd), "", $"half of the time below {Readable.Usd(bill.MedianUsd)}");
        yield return ("to keep in hand", Readable.Usd(bill.ContingencyUsd), "",
            $"so that {Readable.Usd(bill.QuantileUsd)} is enough with probability {Readable.Percent(bill.Probability)}");
        if (bill is { BudgetUsd: { } budget, FinalRunBudgetUsd: { } left })
            yield return ("left for the final run", Readable.Usd(left), "", $"of the project's budget of {Readable.Usd(budget)}");
    }
}
