using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>Reads what source keys stand for.</summary>
internal static class SourceReader
{
    /// <summary>The sources of all layers.</summary>
    public static IReadOnlyDictionary<string, SourceNote> Read(ProfileStore store)
    {
        var sources = new Dictionary<string, SourceNote>(StringComparer.Ordinal);
        foreach (var path in store.All("", "sources.json"))
            foreach (var (key, note) in JsonFile.Read(path, ProfileJson.Default.SourceList, FormatVersion.OfDataFiles).Sources)
                sources[key] = note;
        return sources;
    }
}
