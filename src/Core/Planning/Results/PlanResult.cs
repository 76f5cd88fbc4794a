using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>The answer to a <see cref="PlanRequest"/>: everything that any output shows, and the only thing they show.</summary>
public sealed record PlanResult
{
    /// <summary>The version of the format that new plans are written in.</summary>
    public const int CurrentVersion = 2;

    /// <summary>Version of this format; a plan that was saved in an earlier one stays in it.</summary>
    [JsonRequired] public int SchemaVersion { get; init; } = CurrentVersion;

    /// <summary>The request as understood, defaults filled in.</summary>
    public required PlanRequest Request { get; init; }

    /// <summary>The recommended candidate; null when nothing is feasible.</summary>
    public required Candidate? Recommendation { get; init; }

    /// <summary>
    /// The cheapest, the balanced and the fastest way that keep the limits; empty when nothing does, null in plans of before they were
    /// given.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Answer>? Answers { get; init; }

    /// <summary>
    /// The answer and why, one sentence each. A saved plan has them as it was told; in a plan just made they are empty, and its
    /// words come from its facts.
    /// </summary>
    [JsonRequired] public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The Pareto front of cost against time, cheapest first, limits aside.</summary>
    public required IReadOnlyList<Candidate> Alternatives { get; init; }

    /// <summary>The best candidate of each device type by the objective, best first, limits aside.</summary>
    public required IReadOnlyList<Candidate> BestPerGpu { get; init; }

    /// <summary>The best candidate of each provider by the objective, best first, limits aside.</summary>
    public required IReadOnlyList<Candidate> BestPerProvider { get; init; }

    /// <summary>Why candidates were rejected.</summary>
    public required Rejections Rejected { get; init; }

    /// <summary>What would make the request feasible, when it is not.</summary>
    public required IReadOnlyList<Remedy> Remedies { get; init; }

    /// <summary>Data behind the charts.</summary>
    public required PlanCurves Curves { get; init; }

    /// <summary>How sure the recommendation is and what would change it; null without a recommendation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("outlook")] public Forecast? Forecast { get; init; }

    /// <summary>The currency in which people read it; null for dollars. Every amount here is in USD all the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlanCurrency? Currency { get; init; }

    /// <summary>
    /// With what batch, learning rate and weight decay to train; null without a recommendation, and in plans of before it was told.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrainingRecipe? Recipe { get; init; }

    /// <summary>What each law of loss says of the recommended run, the one in force first; null in plans of before it was told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LawOutlook>? LossLaws { get; init; }

    /// <summary>The bill of the whole project; null unless it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProjectBill? Project { get; init; }

    /// <summary>Spot and on-demand machines together; null unless spot is allowed, there is a deadline and both have a price.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpotPolicyEstimate? SpotPolicy { get; init; }

    /// <summary>
    /// What one short run of the user's own code would tell; null where it would tell little, and in plans of before it was given.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShortRun? ShortRun { get; init; }

    /// <summary>What measuring machines before renting is worth; null unless it was asked for, and where nothing fits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProbePlan? MeasureFirst { get; init; }

    /// <summary>
    /// What the request leaves open of the recommendation's speed and would narrow its interval most, the most telling first; null without
    /// a recommendation, and in plans of before it was told.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OpenInput>? OpenInputs { get; init; }

    /// <summary>What the result rests on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What the reader should know.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
