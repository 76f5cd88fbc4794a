using System.Text.Json.Serialization;

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

/// <summary>The contract of <see cref="PlanAnswer"/>, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanAnswer))]
internal sealed partial class PlanAnswerJson : JsonSerializerContext;
