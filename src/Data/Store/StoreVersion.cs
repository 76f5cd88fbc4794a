using SlmPlanner.Core;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Store;

/// <summary>
/// Tells stores from other SQLite files and new ones from old. A store has our <c>application_id</c> and its version in
/// <c>user_version</c>. A file without either is empty, or a history of the calibrator's runs from before there were stores: version 0.
/// </summary>
internal static class StoreVersion
{
    /// <summary>The letters SLMP.</summary>
    private const long ApplicationId = 0x534C_4D50;

    /// <summary>The version that histories of before had.</summary>
    private const int HistoryVersion = 1;

    /// <summary>The version of a file that <see cref="Check"/> let pass.</summary>
    public static long Of(StoreFile file) => Pragma(file, "application_id") == ApplicationId ? Pragma(file, "user_version") : 0;

    /// <summary>Makes a file a store of a version.</summary>
    public static void Set(StoreFile file, int version) =>
        file.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version}");

    /// <summary>Refuses what is no store, and what a newer program wrote.</summary>
    /// <exception cref="InputException">It is either.</exception>
    public static void Check(StoreFile file)
    {
        var (application, version) = (Pragma(file, "application_id"), Pragma(file, "user_version"));
        if (application == ApplicationId)
        {
            if (version > StoreMigrations.CurrentVersion)
                throw new InputException($"{file.Path}: the store is of version {version}, this program reads up to "
                    + $"{StoreMigrations.CurrentVersion}: a newer program wrote it");
            return;
        }
        var tables = file.Number("SELECT count(*) FROM sqlite_master");
        if (application != 0 || (tables > 0 && file.Number("SELECT count(*) FROM sqlite_master WHERE name = 'run'") == 0))
            throw new InputException($"{file.Path}: a database of another program, no store of evidence");
        FormatVersion.Check(version == 0 ? HistoryVersion : version, HistoryVersion, file.Path);
    }

    private static long Pragma(StoreFile file, string name) => file.Number($"PRAGMA {name}");
}
