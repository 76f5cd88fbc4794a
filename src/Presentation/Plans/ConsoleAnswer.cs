using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans;

/// <summary>A plan on one screen: the three answers, what the recommended one is, and what to check before paying.</summary>
internal static class ConsoleAnswer
{
    /// <summary>Lines at most.</summary>
    public const int MostLines = 25;

    /// <summary>Columns at most, unless a name alone is longer.</summary>
    public const int MostColumns = 100;

    private const string More = "--details prints the tables behind this, --out FOLDER writes the report with charts.";
    private static readonly string[] Heads = ["", "machines", "cost", "time", "fits", "price of", "it takes"];

    /// <summary>The lines; those of the recommended answer are marked.</summary>
    public static IReadOnlyList<(string Text, bool IsMarked)> Lines(PlanResult result)
    {
        var lines = new List<(string, bool)>();
        Add(lines, PlanText.Asked(result.Request));
        lines.Add(("", false));
        lines.AddRange(Table(result));
        lines.Add(("", false));
        Add(lines, PlanText.Answer(result), isMarked: true);
        foreach (var reason in PlanText.Why(result).Concat(result.Remedies.Select(RejectionWords.Of)))
            Add(lines, reason, "  • ");
        foreach (var finding in result.MeasureFirst?.Findings ?? [])
            Add(lines, FindingWords.Of(finding), "  • ");
        Check(lines, [.. result.Findings.OrderByDescending(finding => finding.Severity)]);
        lines.Add((More, false));
        return lines;
    }

    private static IEnumerable<(string Text, bool IsMarked)> Table(PlanResult result)
    {
        if (result.Answers is not { Count: > 0 } answers)
            yield break;
        var rows = answers.Select((_, index) => Row(answers, index)).ToList();
        var widths = Heads.Select((head, column) => rows.Select(row => row[column].Length).Append(head.Length).Max()).ToArray();
        var space = widths.Sum() + 2 * widths.Length <= MostColumns ? "  " : " ";
        string Line(IEnumerable<string> cells) => string.Join(space, cells.Select((cell, column) => cell.PadRight(widths[column])))
            .TrimEnd();
        yield return (Line(Heads), false);
        for (var index = 0; index < rows.Count; index++)
            yield return (Line(rows[index]), answers[index].Recommended);
        if (answers.Select(answer => answer.Candidate.AssumedNetworkGbitS).FirstOrDefault(rate => rate is not null) is { } network)
            yield return ($"† The offer states no network between machines: {Readable.Number(network)} Gbit/s is assumed.", false);
    }

    private static string[] Row(IReadOnlyList<Answer> answers, int index)
    {
        var answer = answers[index];
        var role = $"{(answer.Recommended ? "→" : " ")} {AnswerWords.Name(answer.Role)}";
        return AnswerWords.SameAs(answers, index) is { } same
            ? [role, $"= {AnswerWords.Name(same)}", "", "", "", "", ""]
            : [role, AnswerWords.Machines(answer.Candidate), AnswerWords.Cost(answer.Candidate), AnswerWords.Time(answer.Candidate),
                AnswerWords.FitsShort(answer.Candidate), Readable.Date(answer.Candidate.PriceDate), AccessWords.Takes(answer.Candidate)];
    }

    /// <summary>As many findings as the screen has room for, the gravest first; how many are left is said.</summary>
    private static void Check(List<(string, bool)> lines, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return;
        lines.Add(("Check before you pay", true));
        for (var index = 0; index < findings.Count; index++)
        {
            var next = new List<(string, bool)>();
            Add(next, FindingWords.Of(findings[index]), findings[index].Severity == Severity.Hint ? "  - " : "  ! ");
            var isLast = index == findings.Count - 1;
            if (lines.Count + next.Count + (isLast ? 1 : 2) > MostLines)
            {
                lines.Add(($"  … and {findings.Count - index} more with --details.", false));
                return;
            }
            lines.AddRange(next);
        }
    }

    /// <summary>A text in lines, the later ones indented as its mark is wide.</summary>
    private static void Add(List<(string, bool)> lines, string text, string mark = "", bool isMarked = false)
    {
        var line = mark;
        foreach (var word in text.Split(' '))
        {
            if (line.Length > mark.Length && line.Length + word.Length + 1 > MostColumns)
            {
                lines.Add((line, isMarked));
                line = new string(' ', mark.Length);
            }
            line += line.Length > mark.Length ? $" {word}" : word;
        }
        lines.Add((line, isMarked));
    }
}
