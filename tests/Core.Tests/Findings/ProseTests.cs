using System.Text.RegularExpressions;

namespace SlmPlanner.Tests.Findings;

/// <summary>Core holds facts and keys. Only messages of exceptions are sentences there.</summary>
public sealed partial class ProseTests
{
    private const int MostWords = 3;

    /// <summary>Files whose longer texts are no words for a reader of a plan, each with the reason.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Economics/Cost/Offer.cs"] = "the origin of a link, stored with the offer",
        ["Economics/Cost/PriceDates.cs"] = "the notation of an interval of days",
        ["Models/Blocks/BlockLimits.cs"] = "problems collected for one InputException",
        ["Models/ShapeLimits.cs"] = "problems collected for one InputException",
        ["Planning/Requests/FineTuningRules.cs"] = "problems collected for one InputException",
        ["Planning/Requests/LongSequenceRules.cs"] = "problems collected for one InputException",
        ["Planning/Requests/PlanRequestRules.cs"] = "problems collected for one InputException",
        ["Planning/Search/TargetLossAllocation.cs"] = "the message of an InputException, returned to its thrower",
        ["Text/NearestNames.cs"] = "the message of an InputException",
        ["Hardware/NetworkCatalog.cs"] = "the origin of a link, stored with the offer",
        ["Prediction/RowPredictor.cs"] = "notes of a predicted row, stored in its CSV",
        ["Fitting/MeasurementSelection.cs"] = "why a measured row was rejected, stored in the profile",
        ["Workloads/PossibleShape.cs"] = "notes of a measured row, stored in the profile",
        ["Hardware/DeviceCatalog.cs"] = "the message of an InputException, returned to its thrower",
        ["Units/SourcedNumber.cs"] = "the message of a JsonException, returned to its thrower",
    };

    /// <summary>Formulas and sources of the terms, from which the documentation's table is made.</summary>
    private const string Formulas = "Time/Terms/";

    [Fact]
    public void Core_has_no_sentences_for_people()
    {
        var found = Sentences().Where(pair => !Allowed.ContainsKey(pair.File) && !pair.File.StartsWith(Formulas, StringComparison.Ordinal))
            .Select(pair => $"{pair.File}: {pair.Text}");
        Assert.True(!found.Any(), $"words belong in Presentation/Wording:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void Nothing_is_allowed_that_is_not_there() =>
        Assert.Empty(Allowed.Keys.Except(Sentences().Select(pair => pair.File)));

    private static IEnumerable<(string File, string Text)> Sentences()
    {
        var core = Path.Combine(Repository.Root, "src", "Core");
        foreach (var path in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(core, path);
            if (name.StartsWith("obj", StringComparison.Ordinal) || name.StartsWith("bin", StringComparison.Ordinal))
                continue;
            var code = Comment().Replace(File.ReadAllText(path), "");
            foreach (var match in Literal().Matches(code).Where(match => IsSentence(match.Value) && !IsThrown(code, match.Index)))
                yield return (name, match.Value);
        }
    }

    private static bool IsSentence(string literal) =>
        Hole().Replace(literal, " ").Split([' ', '"', '$', '@'], StringSplitOptions.RemoveEmptyEntries)
        .Count(word => Word().IsMatch(word)) > MostWords;

    /// <summary>True when an exception is made earlier in the statement that the literal stands in.</summary>
    private static bool IsThrown(string code, int index)
    {
        var start = new[] { ";", "}\n", "{\n" }.Max(end => code.LastIndexOf(end, index, StringComparison.Ordinal));
        return code[Math.Max(0, start)..index].Contains("Exception(", StringComparison.Ordinal);
    }

    [GeneratedRegex("^\\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("\\$?@?\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Literal();

    [GeneratedRegex("\\{[^{}]*\\}")]
    private static partial Regex Hole();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Word();
}
