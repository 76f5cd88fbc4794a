using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>Reads <c>stalled_pipelines.json</c>, which a test counts in the measured rows and writes anew where they changed.</summary>
public static class StalledPipelinesFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "stalled_pipelines.json";

    /// <summary>Measured pipelines that stalled; null where no layer has the file.</summary>
    /// <exception cref="InputException">A malformed file.</exception>
    public static StalledPipelines? Read(ProfileStore store) => store.Files("", Name) is [var path]
        ? JsonFile.Read(path, ProfileJson.Default.StalledPipelines, FormatVersion.OfDataFiles) : null;
}
