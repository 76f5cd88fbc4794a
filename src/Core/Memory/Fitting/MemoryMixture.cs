using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// What an unknown stack may be: each publication has one vote for the kind of stack it used, and one for how its runs are sharded and
/// gated. Shares of few votes are drawn towards those of all.
/// </summary>
internal static class MemoryMixture
{
    /// <summary>Kinds that an unknown stack is spread over; more would only slow the search.</summary>
    private const int Most = 6;

    /// <summary>Votes of all that are added to those of a kind.</summary>
    private const double Drawn = 2;

    /// <summary>The most used kinds of stack, their shares of the votes and what their users state.</summary>
    public static IReadOnlyList<StackWeight> Of(IEnumerable<PeakObservation> seen, SoftwareStackCatalog stacks)
    {
        var votes = (
            from source in seen.GroupBy(run => run.Source)
            let share = 1.0 / source.Count()
            from run in source
            let stack = stacks.Find(run.Stack)
            select new Vote(
                stack.MemoryOf ?? "", stack.Memory, share, StackWeight.GroupOf(run.Ways[0].Setup), run.Shape.FfnKind == FfnKind.Swiglu))
                .ToList();
        double total = votes.Sum(vote => vote.Share), gated = Shares(votes, vote => vote.Gated);
        var groups = Enumerable.Range(0, StackWeight.Groups).Select(group => Shares(votes, vote => vote.Group == group)).ToArray();
        var kinds = votes.GroupBy(vote => vote.Traits)
            .Select(kind => (Votes: kind.ToList(), Name: Commonest(kind)))
            .OrderByDescending(kind => kind.Votes.Sum(vote => vote.Share)).ThenBy(kind => kind.Name, StringComparer.Ordinal).Take(Most)
            .ToList();
        var all = kinds.Sum(kind => kind.Votes.Sum(vote => vote.Share));
        return [.. kinds.Select(kind => Weight(kind.Name, kind.Votes))];

        StackWeight Weight(string name, List<Vote> own)
        {
            var votesOfKind = own.Sum(vote => vote.Share);
            double Drawing(double of, Func<Vote, bool> isTrue) =>
                (own.Where(isTrue).Sum(vote => vote.Share) + (Drawn * of)) / (votesOfKind + Drawn);
            return new(
                name, votesOfKind / all, Drawing(groups[0], vote => vote.Group == 0), Drawing(groups[1], vote => vote.Group == 1),
                Drawing(groups[2], vote => vote.Group == 2), Drawing(groups[3], vote => vote.Group == 3),
                Drawing(gated, vote => vote.Gated));
        }

        static string Commonest(IEnumerable<Vote> votes) => votes.GroupBy(vote => vote.Stack)
            .OrderByDescending(stack => stack.Sum(vote => vote.Share)).ThenBy(stack => stack.Key, StringComparer.Ordinal).First().Key;

        double Shares(List<Vote> of, Func<Vote, bool> isTrue) => of.Where(isTrue).Sum(vote => vote.Share) / total;
    }

    private sealed record Vote(string Stack, MemoryTraits Traits, double Share, int Group, bool Gated);
}
