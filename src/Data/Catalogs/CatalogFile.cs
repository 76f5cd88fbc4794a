namespace SlmPlanner.Data.Catalogs;

/// <summary>One CSV text of a catalog.</summary>
/// <param name="Provider">The provider that its place names; empty when the rows name theirs.</param>
/// <param name="Name">Where it is, for messages and as the offers' source.</param>
/// <param name="Open">Opens it.</param>
/// <param name="Dated">The day that its place states, where it does.</param>
public sealed record CatalogFile(string Provider, string Name, Func<Stream> Open, DateOnly? Dated);
