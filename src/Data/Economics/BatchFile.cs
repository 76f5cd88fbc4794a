using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads <c>batch.json</c> under a profiles folder.</summary>
public static class BatchFile
{
    /// <summary>The critical batch with the constants of the file.</summary>
    /// <exception cref="InputException">A missing or malformed file.</exception>
    public static CriticalBatch Read(string profiles) =>
        new(JsonFile.Read(Path.Combine(profiles, "batch.json"), BatchJson.Default.BatchProfile, FormatVersion.OfDataFiles));
}
