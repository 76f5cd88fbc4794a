using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>
/// Works out which learned runs move a candidate's predicted step time, by the linearised fit, and what learned peaks do to its memory.
/// </summary>
internal static class LearnedBehind
{
    private const int MostNamed = 20;
    private const double LeastWeight = 1e-3, Tail = 0.05;

    /// <summary>The learned runs behind a candidate; null where the fit knows none.</summary>
    public static LearnedEvidence? Of(Choice chosen, SearchOutcome outcome, PlanningInputs inputs)
    {
        var (time, memory) = (OfTime(chosen, outcome, inputs), OfMemory(chosen, outcome, inputs));
        return memory is null ? time : (time ?? new(0, 0, 1, [])) with { Memory = memory };
    }

    private static LearnedPeakEvidence? OfMemory(Choice chosen, SearchOutcome outcome, PlanningInputs inputs)
    {
        var (device, stack) = (chosen.Platform.Device, outcome.Request.Stack);
        if (device.Memory is not null || !inputs.Memory.Lessons.TryGetValue(inputs.Memory.Key(stack), out var lesson))
            return null;
        var without = inputs with { Memory = inputs.Memory with { Lessons = new Dictionary<string, PeakLesson>() } };
        var (now, before) = (Peak(inputs), Peak(without));
        return new(lesson.Runs, now.Median / before.Median - 1, now.LogWidth > 0 ? before.LogWidth / now.LogWidth : 1);

        (double Median, double LogWidth) Peak(PlanningInputs all)
        {
            var outlook = all.MemoryOf(outcome.Goal.Model, device, outcome.Request);
            double At(double share) => outlook.Needed(chosen.Priced.Evaluation.Setup, new(0, share));
            return (At(0.5), Math.Log(At(1 - Tail) / At(Tail)));
        }
    }

    private static LearnedEvidence? OfTime(Choice chosen, SearchOutcome outcome, PlanningInputs inputs)
    {
        if (inputs.Learned.Count == 0)
            return null;
        var belief = chosen.Belief(inputs.Performance, outcome.Goal.Model, outcome.Request.Stack);
        var own = belief.Model.Own.Rows.ToHashSet<object?>(ReferenceEqualityComparer.Instance);
        var rows = belief.Model.Rows;
        int[] learned = [.. Enumerable.Range(0, rows.Count).Where(row => own.Contains(rows[row].Keys))];
        if (learned.Length == 0)
            return null;
        var parts = EvidenceBehind.Parts(belief, [learned, .. learned.Select(row => (int[])[row])], own);
        // Runs may share name and device; the fit keeps them in the order in which they were learned.
        var known = inputs.Learned.GroupBy(row => (row.Name, row.Gpu)).ToDictionary(rows => rows.Key, rows => new Queue<LearnedRow>(rows));
        var named = learned.Zip(parts.Skip(1), (row, part) => (Part: part, From: Next(rows[row].Id, rows[row].Keys.Device))).ToList();
        return new(learned.Length, parts[0].StepChange, parts[0].WidthWithout,
        [
            .. named.Where(one => one.From is not null && one.Part.Weight >= LeastWeight).OrderByDescending(one => one.Part.Weight)
                .ThenBy(one => one.From!.Id, StringComparer.Ordinal).Take(MostNamed).Select(one => new LearnedInfluence(
                    one.From!.Id, one.From.Name, one.From.Source, one.From.Learned, one.From.Gpu, one.Part.StepChange,
                    one.Part.WidthWithout)),
        ]);

        LearnedRow? Next(string name, string? gpu) => gpu is not null && known.TryGetValue((name, gpu), out var queue)
            && queue.TryDequeue(out var row) ? row : null;
    }
}
