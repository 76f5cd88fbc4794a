namespace SlmPlanner.Core.Planning.Search;

/// <summary>The points that no other point beats or equals in both of two quantities to be small.</summary>
internal static class ParetoFront
{
    /// <summary>
    /// The front of <paramref name="items"/> by ascending <paramref name="first"/>; of equal points the first in the input stays.
    /// </summary>
    /// <param name="items">Points in any order.</param>
    /// <param name="first">The quantity the front is sorted by.</param>
    /// <param name="second">The quantity traded against it.</param>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> items, Func<T, double> first, Func<T, double> second)
    {
        var front = new List<T>();
        var least = double.PositiveInfinity;
        foreach (var item in items.OrderBy(first).ThenBy(second))
        {
            if (second(item) >= least)
                continue;
            least = second(item);
            front.Add(item);
        }
        return front;
    }
}
