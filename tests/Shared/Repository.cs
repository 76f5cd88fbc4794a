using System.Runtime.CompilerServices;

namespace SlmPlanner.Tests;

/// <summary>The folders of the source tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = Find();

    /// <summary>The shipped data files.</summary>
    public static string Profiles { get; } = Path.Combine(Root, "profiles");

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
