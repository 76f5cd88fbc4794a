using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of <c>sources.json</c>: what the source keys of data stand for.</summary>
internal sealed record SourceList
{
    /// <summary>Version of this format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Sources by key.</summary>
    public required IReadOnlyDictionary<string, SourceNote> Sources { get; init; }

    /// <summary>The sources of all layers.</summary>
    internal static IReadOnlyDictionary<string, SourceNote> Read(ProfileStore store)
    {
        var sources = new Dictionary<string, SourceNote>(StringComparer.Ordinal);
        foreach (var path in store.All("", "sources.json"))
            foreach (var (key, note) in JsonFile.Read(path, ProfileJson.Default.SourceList, FormatVersion.OfDataFiles).Sources)
                sources[key] = note;
        return sources;
    }
}

/// <summary>One source.</summary>
/// <param name="Title">Document, repository with commit, or address.</param>
/// <param name="Licence">Its licence, as far as known.</param>
/// <param name="Retrieved">The day it was read.</param>
/// <param name="Dated">The day it carries itself, where known.</param>
public sealed record SourceNote(string Title, string Licence, DateOnly Retrieved, DateOnly? Dated = null);
