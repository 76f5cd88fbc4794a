namespace SlmPlanner.Tests;

/// <summary>
/// Files of the first version of every format, written by the first programs and never to be written again: whatever the
/// formats become, these must be read.
/// </summary>
internal static class Version1
{
    /// <summary>The path of one of them.</summary>
    public static string File(string name) => Path.Combine(Repository.Root, "tests", "Shared", "Compatibility", "Version1", name);

    /// <summary>
    /// The text of one of them as a program of a newer version would write it: with its version and a field that nobody knows yet.
    /// </summary>
    public static string AsNewer(string name, int version = 2)
    {
        var text = System.IO.File.ReadAllText(File(name));
        var start = text.IndexOf("\"schema_version\"", StringComparison.Ordinal);
        var end = text.IndexOf('1', start) + 1;
        return $"{text[..start]}\"schema_version\": {version}, \"of_the_future\": true{text[end..]}";
    }
}
