using SlmPlanner.Core;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Fetches a catalog that is named by an address into a file, as <see cref="CatalogFetch"/> does.</summary>
/// <param name="firstPause">How long to wait before the second try; each further pause is twice as long.</param>
public sealed class CatalogDownload(TimeSpan firstPause)
{
    /// <summary>Tries after the first.</summary>
    public const int Retries = CatalogFetch.Retries;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>True for an address; false for a path.</summary>
    public static bool IsAddress(string place) =>
        place.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Fetches an address into <paramref name="target"/>.</summary>
    /// <exception cref="InputException">No such address, no whole answer after all tries, or too large.</exception>
    public void Fetch(string address, string target) =>
        new CatalogFetch(firstPause, Patience).Fetch(address, target, known: null, CancellationToken.None).GetAwaiter().GetResult();
}
