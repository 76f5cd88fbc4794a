using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Catalogs.Refresh;

/// <summary>The contract of <c>catalogs.json</c>: public price catalogs that need no key.</summary>
/// <param name="SchemaVersion">Version of this format.</param>
/// <param name="Catalogs">The catalogs.</param>
public sealed record CatalogSourceList(int SchemaVersion, IReadOnlyList<CatalogSource> Catalogs)
{
    /// <summary>Reads the catalogs.</summary>
    /// <exception cref="InputException">The file is missing or malformed.</exception>
    public static CatalogSourceList Read(string path) =>
        JsonFile.Read(path, CatalogSourceJson.Default.CatalogSourceList, FormatVersion.OfDataFiles);

    /// <summary>Those that are named, by their own names or that of their group; all for no name.</summary>
    /// <exception cref="InputException">A name is neither.</exception>
    public IReadOnlyList<CatalogSource> Named(IReadOnlyList<string> names)
    {
        var known = Catalogs.SelectMany(catalog => new[] { catalog.Name, catalog.Group }).Distinct(StringComparer.Ordinal).ToList();
        if (names.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new InputException(NearestNames.Unknown("catalog", unknown, known));
        return names.Count == 0 ? Catalogs : [.. Catalogs.Where(catalog => names.Any(name =>
            name.Equals(catalog.Name, StringComparison.OrdinalIgnoreCase)
            || name.Equals(catalog.Group, StringComparison.OrdinalIgnoreCase)))];
    }
}

/// <summary>One public catalog.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">Whose it is: several catalogs share one.</param>
/// <param name="Format">The format it has.</param>
/// <param name="Url">Its address; <c>{version}</c> stands for what <paramref name="VersionUrl"/> says.</param>
/// <param name="VersionUrl">An address that answers with the newest version in one line; null where there are no versions.</param>
/// <param name="Terms">Under what terms it may be used.</param>
/// <param name="Source">Where address and terms were read.</param>
/// <param name="Date">When.</param>
/// <param name="RanLive">The day the program first fetched it from its address; null while it has only met recorded and local
/// answers.</param>
public sealed record CatalogSource(
    string Name, string Group, CatalogFormat Format, string Url, string? VersionUrl, string Terms, string Source, DateOnly Date,
    DateOnly? RanLive);

/// <summary>Strict contract of <c>catalogs.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CatalogSourceList))]
internal sealed partial class CatalogSourceJson : JsonSerializerContext;
