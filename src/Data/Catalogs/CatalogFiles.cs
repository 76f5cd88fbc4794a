using System.Globalization;
using System.IO.Compression;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Finds the CSV texts of a catalog: a file, a zip, or a folder of them.</summary>
public static class CatalogFiles
{
    /// <summary>The texts of a place, by name; the provider comes from the folder of a <c>vms.csv</c> or from the file's name.</summary>
    /// <exception cref="InputException">Nothing there, or a zip that is damaged.</exception>
    public static IReadOnlyList<CatalogFile> Find(string path, string name)
    {
        if (Directory.Exists(path))
        {
            var found = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(IsPriceFile).Order(StringComparer.Ordinal)
                .SelectMany(file => Find(file, Path.Combine(name, Path.GetRelativePath(path, file)))).ToList();
            return found.Count > 0 ? found : throw new InputException($"{name}: no price file (*.csv or catalog.zip) in this folder");
        }
        if (!File.Exists(path))
            throw new InputException($"{name}: no such file or folder");
        return IsZip(path) ? Entries(path, name) : [new(ProviderOf(name), name, () => File.OpenRead(path), DateOf(name))];
    }

    /// <summary>SkyPilot keeps other tables beside the prices (images, quotas, accelerators), which are passed over.</summary>
    private static bool IsPriceFile(string path)
    {
        var (file, folder) = (Path.GetFileName(path), Path.GetFileName(Path.GetDirectoryName(path)));
        return folder != "common" && (file is "vms.csv" or "catalog.zip" || (Path.GetExtension(file) == ".csv"
            && file is not ("images.csv" or "accelerators.csv" or "metadata.csv") && !file.Contains("quota", StringComparison.Ordinal)));
    }

    private static IReadOnlyList<CatalogFile> Entries(string path, string name)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var entries = zip.Entries.Select(entry => entry.FullName)
                .Where(entry => entry.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
            return entries.Count > 0
                ? [.. entries.Select(entry => new CatalogFile(ProviderOf(entry), $"{name}!{entry}", () => new ZipEntryStream(path, entry),
                    DateOf(name)))]
                : throw new InputException($"{name}: no *.csv in this zip");
        }
        catch (InvalidDataException exception)
        {
            throw new InputException($"{name}: not a whole zip file ({exception.Message}); was the download cut short?", exception);
        }
    }

    private static bool IsZip(string path)
    {
        using var stream = File.OpenRead(path);
        return stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
    }

    private static string ProviderOf(string name)
    {
        var parts = name.Split('/', '\\');
        return parts[^1] == "vms.csv" && parts.Length > 1 ? parts[^2] : Path.GetFileNameWithoutExtension(parts[^1]);
    }

    /// <summary>gpuhunt's versions are folders named <c>YYYYMMDD</c> with a suffix.</summary>
    private static DateOnly? DateOf(string name)
    {
        foreach (var part in name.Split('/', '\\').Where(part => part.Length >= 8))
            if (DateOnly.TryParseExact(part.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
        return null;
    }
}

/// <summary>One CSV text of a catalog.</summary>
/// <param name="Provider">The provider that its place names; empty when the rows name theirs.</param>
/// <param name="Name">Where it is, for messages and as the offers' source.</param>
/// <param name="Open">Opens it.</param>
/// <param name="Dated">The day that its place states, where it does.</param>
public sealed record CatalogFile(string Provider, string Name, Func<Stream> Open, DateOnly? Dated);
