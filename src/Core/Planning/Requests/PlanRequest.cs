using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Requests;

/// <summary>What is asked: a model, an amount of training, limits and preferences. Validated by <c>PlanRequestRules</c>.</summary>
public sealed record PlanRequest
{
    /// <summary>The model; null only under <see cref="Objective.Loss"/>, which then chooses it.</summary>
    public TransformerShape? Model { get; init; }

    /// <summary>Tokens to train on; null only under <see cref="Objective.Loss"/>, which then chooses them.</summary>
    public double? Tokens { get; init; }

    /// <summary>Loss to reach, nats per token, in place of <see cref="Tokens"/>; the model may be left open then.</summary>
    public double? TargetLoss { get; init; }

    /// <summary>
    /// Tokens that the trained model will process in its life, so that a smaller model trained longer may be better; null for none.
    /// </summary>
    public double? InferenceTokens { get; init; }

    /// <summary>What is minimised.</summary>
    public Objective Objective { get; init; } = Objective.Cost;

    /// <summary>Most that the run may cost, USD.</summary>
    public double? BudgetUsd { get; init; }

    /// <summary>Longest that the run may take, hours.</summary>
    public double? DeadlineHours { get; init; }

    /// <summary>
    /// What it is worth to have the model a day sooner, USD: weighs time against money in the balanced answer; null weighs by the front
    /// alone.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DayWorthUsd { get; init; }

    /// <summary>Probability with which budget and deadline are kept; also the coverage of intervals. 0.5 to 0.99.</summary>
    public double Confidence { get; init; } = 0.9;

    /// <summary>Canonical device names to consider; empty means all.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>Providers to consider; empty means all.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Regions to consider; empty means all.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Most devices in all.</summary>
    public int MaxGpus { get; init; } = 64;

    /// <summary>Exactly this many devices; null takes any number up to <see cref="MaxGpus"/>.</summary>
    public int? GpuCount { get; init; }

    /// <summary>Exactly this micro-batch; null tries all.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>True to use interruptible prices where they are sold.</summary>
    public bool Spot { get; init; }

    /// <summary>
    /// Ways to rent that are accepted; null for <see cref="RentalTerms.Usual"/> and, with <see cref="Spot"/>, what goes with it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WayToRent>? RentBy { get; init; }

    /// <summary>What the user may start at providers; null where nothing is stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RentalQuota>? Quotas { get; init; }

    /// <summary>Gbit/s per machine assumed where an offer states no network; null leaves such machines single.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AssumedNetworkGbitS { get; init; }

    /// <summary>Tokens per sequence; null takes the model's own longest, at most 2048.</summary>
    public int? SeqLen { get; init; }

    /// <summary>Tokens per optimizer step over all devices, with the positions that no token fills.</summary>
    public double GlobalBatchTokens { get; init; } = 524_288;

    /// <summary>Precision recipes to consider; empty means mixed bf16, or fp16 where the device lacks bf16.</summary>
    public IReadOnlyList<Precision> Precisions { get; init; } = [];

    /// <summary>Attention kinds to consider; empty means flash where the device has it, else vanilla.</summary>
    public IReadOnlyList<AttentionKind> Attentions { get; init; } = [];

    /// <summary>Sharding schemes to consider; empty means all.</summary>
    public IReadOnlyList<Scheme> Parallelisms { get; init; } = [];

    /// <summary>The optimizer; null for AdamW as the stack runs it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>
    /// Tokens that the fullest rank's experts get over those of the average one, ≥ 1, where ranks share experts; null for
    /// <see cref="TrainingSetup.UsualImbalance"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ExpertImbalance { get; init; }

    /// <summary>Forms of the loss to consider; null for the stack's own alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LossForm>? Losses { get; init; }

    /// <summary>Chunks of <see cref="LossForm.Chunked"/>; null for <see cref="LossChunking.UsualChunks"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LossChunks { get; init; }

    /// <summary>
    /// Sequences per device of an evaluation between steps, which must fit too; null for none beyond the micro-batch of training.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? EvalBatch { get; init; }

    /// <summary>What may wait in the host's memory; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Offload>? Offloads { get; init; }

    /// <summary>How a base model is trained further; null to train a model from the start, or to go on with pre-training.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Tuning? Tuning { get; init; }

    /// <summary>The samples of fine-tuning, in place of <see cref="Tokens"/>; null where tokens are given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SampleSet? Samples { get; init; }

    /// <summary>Name of the software stack assumed.</summary>
    public string? Stack { get; init; }

    /// <summary>Tokens that differ, where training goes over them more than once; null for as many as are trained on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UniqueTokens { get; init; }

    /// <summary>Name of the law of loss; null for the default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LossLaw { get; init; }

    /// <summary>What the project does besides this run; null to plan the run alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProjectDemand? Project { get; init; }

    /// <summary>The day on which the machines are rented, where that is later: prices are drifted to it; null for now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? RentOn { get; init; }

    /// <summary>The day the plan is made, from which the age of prices counts.</summary>
    public required DateOnly Today { get; init; }
}

/// <summary>What the recommendation minimises.</summary>
public enum Objective
{
    /// <summary>Money, within the deadline.</summary>
    [JsonStringEnumMemberName("cost")] Cost,

    /// <summary>Time, within the budget.</summary>
    [JsonStringEnumMemberName("time")] Time,

    /// <summary>Expected loss, within the budget and deadline.</summary>
    [JsonStringEnumMemberName("loss")] Loss,

    /// <summary>Money and time together, within both limits (<see cref="Search.Balance"/>).</summary>
    [JsonStringEnumMemberName("balanced")] Balanced,
}
