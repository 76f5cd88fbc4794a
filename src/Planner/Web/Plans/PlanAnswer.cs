using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>What the script gets when it asks to plan again: a page's parts, or what is wrong.</summary>
internal sealed record PlanAnswer
{
    /// <summary>The plan's permanent link.</summary>
    public required string Link { get; init; }

    /// <summary>The answer in one sentence; null with problems.</summary>
    public string? Title { get; init; }

    /// <summary>The result's markup; null with problems.</summary>
    public string? Html { get; init; }

    /// <summary>What is wrong with the request; empty where nothing is.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];
}

/// <summary>Writes answers. They are JSON of their own and never stand in a page, so that markup in them needs no escapes.</summary>
internal static class PlanAnswers
{
    private static readonly PlanAnswerJson Context =
        new(new JsonSerializerOptions(PlanAnswerJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The answer as JSON; 400 with problems.</summary>
    public static IResult Write(PlanAnswer answer) => Results.Json(
        answer, Context.PlanAnswer, statusCode: answer.Problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}

/// <summary>The contract of <see cref="PlanAnswer"/>, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanAnswer))]
internal sealed partial class PlanAnswerJson : JsonSerializerContext;

/// <summary>What is wrong with a request.</summary>
/// <param name="Field">The field to mend; empty where it is none alone.</param>
/// <param name="Message">The message, as the command line prints it.</param>
internal sealed record FieldProblem(string Field, string Message);
