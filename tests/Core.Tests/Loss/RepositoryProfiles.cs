using System.Runtime.CompilerServices;

namespace SlmPlanner.Tests.Loss;

/// <summary>The repository's profiles folder, found from this file.</summary>
internal static class RepositoryProfiles
{
    public static string Folder { get; } = Find();

    private static string Find([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "profiles"));
}
