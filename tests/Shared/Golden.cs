using System.Runtime.CompilerServices;

namespace SlmPlanner.Tests;

/// <summary>
/// Compares a text with the committed file beside the test, <c>Golden/NAME</c>. A missing or different file fails,
/// and the text received is written beside it as <c>NAME.received</c> for a person to look at and, if right, rename.
/// Stands in for Verify.Xunit, which the package registry here does not serve.
/// </summary>
internal static class Golden
{
    /// <summary>Fails unless <paramref name="actual"/> equals the golden file, line endings aside.</summary>
    public static void Equal(string actual, string name, [CallerFilePath] string testFile = "") =>
        EqualFile(actual, Path.Combine(Path.GetDirectoryName(testFile)!, "Golden", name));

    /// <summary>Fails unless <paramref name="actual"/> equals the file, line endings aside.</summary>
    public static void EqualFile(string actual, string expectedPath)
    {
        var name = Path.GetFileName(expectedPath);
        var received = Normalise(actual);
        var expected = File.Exists(expectedPath) ? Normalise(File.ReadAllText(expectedPath)) : null;
        if (received == expected)
            return;
        var receivedPath = expectedPath + ".received";
        Directory.CreateDirectory(Path.GetDirectoryName(receivedPath)!);
        File.WriteAllText(receivedPath, received);
        Assert.Fail(expected is null
            ? $"no golden file {expectedPath}; received text written to {receivedPath}"
            : $"{name} differs from its golden file at line {FirstDifference(expected, received)}; received text written to "
            + $"{receivedPath}");
    }

    private static string Normalise(string text) => text.ReplaceLineEndings("\n");

    private static int FirstDifference(string expected, string received)
    {
        var (left, right) = (expected.Split('\n'), received.Split('\n'));
        var same = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return same + 1;
    }
}
