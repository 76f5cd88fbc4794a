using System.Text.Json;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Models.HuggingFace;

namespace SlmPlanner.Tests.Models;

/// <summary>
/// Configurations as they are published, against the counts that are published with them: <c>Configs/published.csv</c> says where each is
/// from. A count that is recalled is none the less a check: a wrong layout would have to err by what memory does.
/// </summary>
public sealed class PublishedConfigTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Core.Tests", "Models", "Configs");

    public static TheoryData<string, long> Counted =>
        [.. Rows().Where(row => row[1] != "").Select(row => (row[0], long.Parse(row[1])))];

    /// <summary>The types of those that have a count.</summary>
    internal static IEnumerable<string> CountedTypes => Rows().Where(row => row[1] != "").Select(row => TypeOf(row[0])).OfType<string>();

    public static TheoryData<string> All => [.. Rows().Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Counted))]
    public void Each_published_configuration_has_its_published_count(string file, long published) =>
        Assert.Equal(published, ParameterCount.Of(ShapeFile.Read(Path.Combine(Folder, file))).Total);

    [Theory]
    [MemberData(nameof(All))]
    public void Each_is_read_as_what_it_is(string file)
    {
        var shape = ShapeFile.Read(Path.Combine(Folder, file));
        Assert.Null(shape.AssumedFrom);
        Assert.True(ParameterCount.Of(shape).Active <= ParameterCount.Of(shape).Total);
        Assert.True(FlopCount.Forward(shape, 2048).Total.Count > ParameterCount.Of(shape).Active);
    }

    /// <summary>
    /// The active counts that the publishers state, to their rounding: DeepSeek-V2-Lite 2.4 B, Qwen1.5-MoE 2.7 B, OLMoE 1.3 B, Mixtral 12.9
    /// B.
    /// </summary>
    [Theory]
    [InlineData("deepseek-v2-lite.json", 2.66)]
    [InlineData("qwen1.5-moe-a2.7b.json", 2.69)]
    [InlineData("olmoe-1b-7b.json", 1.28)]
    [InlineData("mixtral-8x7b.json", 12.88)]
    public void Active_parameters_are_those_that_one_token_passes(string file, double billions) =>
        Assert.Equal(billions, ParameterCount.Of(ShapeFile.Read(Path.Combine(Folder, file))).Active / 1e9, 0.01);

    private static string? TypeOf(string file)
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        return TextPart.Of(config.RootElement).Type;
    }

    private static IEnumerable<string[]> Rows() => File.ReadAllLines(Path.Combine(Folder, "published.csv")).Skip(1)
        .Select(line => line.Split(','));
}
