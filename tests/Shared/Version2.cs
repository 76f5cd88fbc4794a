namespace SlmPlanner.Tests;

/// <summary>Files of the second version of those formats that have one: never to be written again, and always to be read.</summary>
internal static class Version2
{
    /// <summary>The path of one of them.</summary>
    public static string File(string name) => Path.Combine(Repository.Root, "tests", "Shared", "Compatibility", "Version2", name);
}
