namespace SlmPlanner.Data.Catalogs;

/// <summary>A temporary folder for fetched catalogs, gone when it is disposed.</summary>
public sealed class DownloadFolder : IDisposable
{
    private readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("slm-plan-").FullName);
    private readonly CatalogDownload _download = new(TimeSpan.FromSeconds(1));
    private int _count;

    /// <summary>Fetches an address and returns the file's path.</summary>
    /// <exception cref="Core.InputException">It can't be fetched.</exception>
    public string Fetch(string address)
    {
        var target = Path.Combine(_folder.Value, (++_count).ToString(System.Globalization.CultureInfo.InvariantCulture));
        _download.Fetch(address, target);
        return target;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder.IsValueCreated)
            Directory.Delete(_folder.Value, recursive: true);
    }
}
