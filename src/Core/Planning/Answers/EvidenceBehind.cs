using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Prediction;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Works out the <see cref="PlanEvidence"/> of a recommendation, by the linearised fit.</summary>
internal static class EvidenceBehind
{
    private const int MostSingle = 25;

    /// <summary>The evidence; null without a recommendation, or where its fit has no rows.</summary>
    public static PlanEvidence? Of(SearchOutcome outcome, PlanningInputs inputs)
    {
        if (outcome.Recommendation is not { } chosen)
            return null;
        var belief = chosen.Belief(inputs.Performance, outcome.Goal.Model, outcome.Request.Stack);
        var rows = belief.Model.Rows;
        if (rows.Count == 0)
            return null;
        var own = belief.Model.Own.Rows.ToHashSet(ReferenceEqualityComparer.Instance);
        int[][] sources = [.. Enumerable.Range(0, rows.Count).GroupBy(row => NameOf(rows[row])).Select(source => source.ToArray())];
        int[][] single = [.. Enumerable.Range(0, rows.Count).Select(row => (int[])[row])];
        var parts = Parts(belief, [.. sources, .. single], own);
        var rowParts = parts.Skip(sources.Length).OrderByDescending(part => part.Weight).ThenBy(part => part.Name, StringComparer.Ordinal)
            .ToList();
        return new()
        {
            Gpu = chosen.Gpu,
            StepSeconds = chosen.Priced.Evaluation.StepSeconds,
            Rows = rows.Count,
            RowsOfGpu = rows.Count(row => row.Keys.Device == chosen.Gpu),
            Sources = [.. parts.Take(sources.Length).OrderByDescending(part => part.Weight)
                .ThenBy(part => part.Name, StringComparer.Ordinal)],
            SingleRows = [.. rowParts.Take(MostSingle)],
            Own = [.. rowParts.Where(part => part.IsOwn)],
        };
    }

    /// <summary>What groups of rows hold of a belief.</summary>
    internal static EvidencePart[] Parts(SpeedBelief belief, int[][] groups, HashSet<object?> own)
    {
        var (rows, noise) = (belief.Model.Rows, FitOptions.Default.Noise);
        var influences = belief.Model.Influences(belief.Keys, belief.Slopes, groups);
        var variance = belief.Model.LogVariance(belief.Keys, belief.Slopes) + noise * noise;
        return
        [
            .. groups.Zip(influences, (group, influence) => new EvidencePart(
                group.Length == 1 ? rows[group[0]].Id : NameOf(rows[group[0]]), group.Length,
                Distinct(group.Select(row => rows[row].Keys.Device)), Distinct(group.Select(row => rows[row].Keys.Stack)),
                group.All(row => own.Contains(rows[row].Keys)),
                Math.Exp(influence.Shift) - 1,
                Math.Sqrt((variance + Math.Max(0, influence.Variance)) / variance),
                group.Length == 1 ? Math.Exp(rows[group[0]].Residual) - 1 : null)),
        ];
    }

    private static string NameOf(FittedRow row) => row.Keys.Source ?? OwnGroups.Unnamed;

    private static IReadOnlyList<string> Distinct(IEnumerable<string?> names) =>
        [.. names.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
