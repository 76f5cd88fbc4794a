using SlmPlanner.Core.Accuracy;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Accuracy;

/// <summary>How far the memory model is from measured rows.</summary>
internal static class MemoryErrorTable
{
    /// <summary>One row per question asked of the measured rows.</summary>
    public static Listing<(string Question, int Rows, double Share)> Of(MemoryCheck check) => new(
        "memory", "Peak memory against measured rows (in sample; docs/models.md has it with groups left out)", [.. Rows(check)],
        new ListingColumn<(string Question, int Rows, double Share)>("question", "Question", row => row.Question),
        new("rows", "Rows", row => row.Rows, IsNumber: true),
        new("share", "Answer", row => double.IsNaN(row.Share) ? null : row.Share, row => double.IsNaN(row.Share) ? Readable.Missing
            : Readable.Percent(row.Share), IsNumber: true));

    private static IEnumerable<(string Question, int Rows, double Share)> Rows(MemoryCheck check)
    {
        yield return ("mean error of reported peaks", check.Reported, check.MeanError);
        yield return ("mean error of reported peaks, split by tensors or stages", check.Split.Rows, check.Split.MeanError);
        yield return ("ran, and is predicted not to fit", check.Judged, check.RefusedShare);
        foreach (var (stack, rows, share) in check.Doubled)
            yield return ($"{stack}: twice the micro-batch would not fit", rows, share);
    }
}
