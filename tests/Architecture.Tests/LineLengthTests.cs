using SlmPlanner.Tests;

namespace SlmPlanner.Architecture.Tests;

/// <summary>
/// Source lines have at most 140 columns. Texts between three quotes keep their own lines, and a line may be longer by the text that it
/// quotes, where the code around that is short.
/// </summary>
public sealed class LineLengthTests
{
    private const int Most = 140, MostAroundText = 100;
    private const string Quotes = "\"\"\"";

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    public void No_line_is_longer(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(LongLines));
    }

    private static IEnumerable<string> LongLines(string file)
    {
        var (isText, number) = (false, 0);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var opensOrCloses = (line.Split(Quotes).Length - 1) % 2 == 1;
            if (!isText && !opensOrCloses && line.Length > Most && AroundText(line) > MostAroundText)
                yield return $"{Path.GetRelativePath(Repository.Root, file)}:{number} has {line.Length} columns";
            isText ^= opensOrCloses;
        }
    }

    /// <summary>Columns outside of the first and the last quote.</summary>
    private static int AroundText(string line) => line.Length - Math.Max(0, line.LastIndexOf('"') - line.IndexOf('"'));
}
