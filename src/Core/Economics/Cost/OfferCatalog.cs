using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>Offers from one or more price files, checked, and what was found in checking.</summary>
public sealed record OfferCatalog
{
    /// <summary>The files' names.</summary>
    public required string Name { get; init; }

    /// <summary>The offers in the order of the files. At least one.</summary>
    public required IReadOnlyList<Offer> Offers { get; init; }

    /// <summary>Prices that were dropped, and why.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The earliest day any price may be from, as far as known.</summary>
    public DateOnly Oldest => Offers.Min(offer => offer.SeenFrom ?? offer.SeenUntil);

    /// <summary>The latest day any price was seen.</summary>
    public DateOnly Newest => Offers.Max(offer => offer.SeenUntil);

    /// <summary>The same catalog with a network between machines where none is known, as the user states it.</summary>
    /// <param name="gbitS">Gbit/s per machine, one direction.</param>
    public OfferCatalog WithAssumedNetwork(double gbitS) => this with
    {
        Offers = [.. Offers.Select(offer => offer.WithAssumedNetwork(gbitS))],
    };

    /// <summary>Joins offers.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static OfferCatalog Make(string name, IReadOnlyList<Offer> offers, IReadOnlyList<Finding> findings) => offers.Count > 0
        ? new() { Name = name, Offers = offers, Findings = findings }
        : throw new InputException($"{(name.Length == 0 ? "the price catalog" : name)} holds no offer: it needs a header and at least "
            + $"one priced row");
}
