using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>What an unknown stack may be: each source has one vote for the stack it used.</summary>
internal static class MemoryMixture
{
    /// <summary>Stacks that an unknown one is spread over; more would only slow the search.</summary>
    private const int Most = 4;

    /// <summary>The most used stacks and their shares of the votes.</summary>
    public static IReadOnlyList<StackWeight> Of(IEnumerable<PeakObservation> seen, SoftwareStackCatalog stacks)
    {
        var votes = seen.Select(run => (run.Source, Stack: (stacks.Find(run.Stack).MemoryOf ?? ""))).Distinct()
            .GroupBy(vote => stacks.Find(vote.Stack).Memory).Select(stack => (Name: stack.CountBy(vote => vote.Stack).OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal).First().Key, Count: stack.Count()))
            .OrderByDescending(stack => stack.Count).ThenBy(stack => stack.Name, StringComparer.Ordinal).Take(Most).ToList();
        double all = votes.Sum(vote => vote.Count);
        return [.. votes.Select(vote => new StackWeight(vote.Name, vote.Count / all))];
    }
}
