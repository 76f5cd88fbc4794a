using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Json;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

using Spectre.Console;

namespace SlmPlanner.Presentation.Explanations;

/// <summary>Prints an explanation: its sentences, then every term side by side.</summary>
internal static class ExplanationOutput
{
    /// <summary>The contract of its JSON, with the sentences in it.</summary>
    public static JsonTypeInfo<Explanation> Contract { get; } =
        (JsonTypeInfo<Explanation>)new JsonSerializerOptions(ExplanationJson.Default.Options)
    {
        TypeInfoResolver = ExplanationJson.Default,
    }.WithSentences().GetTypeInfo(typeof(Explanation));

    /// <summary>Prints in the format asked for.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="format">What to print.</param>
    /// <param name="console">The console, for tables.</param>
    /// <param name="output">Standard output, for the other formats.</param>
    public static void Print(Explanation explanation, OutputFormat format, IAnsiConsole console, TextWriter output)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(explanation, Contract));
            return;
        }
        var sentences = ExplanationWords.Of(explanation);
        if (format == OutputFormat.Table)
        {
            foreach (var sentence in sentences)
                console.WriteLine(sentence);
        }
        else if (format == OutputFormat.Md)
        {
            foreach (var sentence in sentences)
                output.WriteLine($"- {MarkdownTable.Escape(sentence)}");
            output.WriteLine();
        }
        ListingOutput.Print(Terms(explanation), format, console, output);
    }

    private static Listing<ExplanationTerm> Terms(Explanation explanation)
    {
        ListingColumn<ExplanationTerm> quantity = new("quantity", "Quantity", term => term.Quantity, TermWords.Name);
        ListingColumn<ExplanationTerm> value = new("value", Head(explanation.Candidate, "this"), term => term.Value,
            term => TermWords.Amount(term, term.Value), IsNumber: true);
        ListingColumn<ExplanationTerm> other = new(
            "other", Head(explanation.Against, "other"), term => term.Other, term => term.Other is { } amount
            ? TermWords.Amount(term, amount) : Readable.Missing, IsNumber: true);
        ListingColumn<ExplanationTerm> ratio = new(
            "ratio", "ratio", term => term.Ratio, term => term.Ratio is { } share ? Readable.Number(share) : Readable.Missing,
            IsNumber: true);
        var columns = explanation.Against is null ? [quantity, value] : new[] { quantity, value, other, ratio };
        return new("terms", "Every term of time and memory", ExplanationTerm.Of(explanation), columns);
    }

    /// <summary>The machines at the head of their column.</summary>
    private static string Head(Candidate? candidate, string otherwise) =>
        candidate is null ? otherwise : $"{CandidateText.Devices(candidate)}, {candidate.Provider}";
}

/// <summary>The contract of an explanation's JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", UseStringEnumConverter = true)]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<BlockRun>))]
internal sealed partial class ExplanationJson : JsonSerializerContext;
