namespace SlmPlanner.Core.Planning.Search;

/// <summary>How many candidates missed a limit, and the one that missed by least.</summary>
/// <param name="Count">Candidates.</param>
/// <param name="By">By what fraction of the limit the nearest missed; infinite when there is none.</param>
/// <param name="Nearest">The nearest; meaningful when <paramref name="Count"/> is above zero.</param>
public readonly record struct Miss(long Count, double By, Priced Nearest)
{
    /// <summary>No candidate missed.</summary>
    public static Miss None => new(0, double.PositiveInfinity, default);

    /// <summary>With one more candidate that missed by a fraction.</summary>
    public Miss With(double by, in Priced candidate) =>
        by < By ? new(Count + 1, by, candidate) : this with { Count = Count + 1 };
}
