using System.Text.RegularExpressions;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests;

/// <summary>No provider and no GPU is named in code: what is special about one is data in <c>profiles/</c>.</summary>
public sealed partial class NamesInCodeTests
{
    /// <summary>Where options are declared, whose texts show examples to people.</summary>
    private static readonly string[] Examples = ["Commands", "Web", "Options"];

    /// <summary>Providers whose name is a word of the language, which sentences need.</summary>
    private static readonly string[] Words = ["together"];

    /// <summary>What stands in a line that calls the program which copies from buckets: it is called as a provider is.</summary>
    private const string BucketProgram = "s3";

    [Fact]
    public void No_text_in_the_source_names_a_provider_or_a_gpu()
    {
        var names = Names();
        Assert.Contains("h100sxm", names);
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" || Examples.Contains(part)))
            .ToList();
        Assert.True(files.Count > 300);
        string[] found =
        [
            .. from file in files
               from line in File.ReadLines(file).Select(line => line.Trim())
               where !line.StartsWith("//", StringComparison.Ordinal) && !line.Contains(BucketProgram, StringComparison.Ordinal)
               from Match text in Literal().Matches(line)
               where !text.Value.Contains("for example", StringComparison.Ordinal)
               from word in text.Groups["text"].Value.Split([' ', ',', ';', ':', '(', ')', '@', '=', '/', '|', '{', '}', '<', '>'])
               where names.Contains(Spelling.Normalise(word))
               select $"{Path.GetRelativePath(Repository.Root, file)}: '{word}' in {text.Value}",
        ];
        Assert.Empty(found);
    }

    private static HashSet<string> Names()
    {
        var store = ProfileStore.Open(Repository.Profiles);
        using var aliases = System.Text.Json.JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Profiles, "devices", "aliases.json")));
        using var networks = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Profiles, "networks.json")));
        IEnumerable<string> names =
        [
            .. store.Devices.Devices.Select(device => device.Name),
            .. aliases.RootElement.GetProperty("aliases").EnumerateObject().SelectMany(device => device.Value.EnumerateArray())
            .Select(alias => alias.GetString()!),
            .. store.Offers.Offers.Select(offer => offer.Provider),
            .. networks.RootElement.GetProperty("provider_aliases").EnumerateObject().Select(alias => alias.Name),
            .. networks.RootElement.GetProperty("instances").EnumerateArray().Select(entry => entry.GetProperty("provider").GetString()!),
        ];
        return [.. names.Select(name => Spelling.Normalise(name)).Except(Words)];
    }

    [GeneratedRegex("\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();
}
