using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>One complete way to train the model: what to rent, how to split the work, what it gives and costs.</summary>
public sealed record Candidate
{
    /// <summary>
    /// Hash of the request, the offer and the set-up, 16 hexadecimal digits, which launch files carry too; null in plans of before
    /// it was given.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlanId { get; init; }

    /// <summary>Provider of the machines.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's machine type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Region of the machines.</summary>
    public required string Region { get; init; }

    /// <summary>True when the price is the interruptible one.</summary>
    public required bool Spot { get; init; }

    /// <summary>USD per hour for all machines together.</summary>
    public required double UsdPerHour { get; init; }

    /// <summary>Months that renting commits to, paid whole in <see cref="CostUsd"/>; null for no commitment.</summary>
    public double? TermMonths { get; init; }

    /// <summary>
    /// USD per hour of wall-clock time for stored data and checkpoints, part of <see cref="CostUsd"/>; 0 where storage has no price.
    /// </summary>
    public double StorageUsdPerHour { get; init; }

    /// <summary>USD for taking the final checkpoint away, part of <see cref="CostUsd"/>; 0 where egress has no price.</summary>
    public double EgressUsd { get; init; }

    /// <summary>What it takes to rent the machines; null where nothing is known of it, and of own machines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Access? Access { get; init; }

    /// <summary>
    /// Network that was assumed, since the offer states none, Gbit/s per machine; null where it is known, or one machine is enough.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AssumedNetworkGbitS { get; init; }

    /// <summary>Canonical device name.</summary>
    public required string Gpu { get; init; }

    /// <summary>Devices per machine.</summary>
    public required int GpusPerNode { get; init; }

    /// <summary>Machines.</summary>
    public required int Nodes { get; init; }

    /// <summary>Devices in all.</summary>
    public required int Gpus { get; init; }

    /// <summary>The model trained, as named in the request or chosen by the loss objective.</summary>
    public required string Model { get; init; }

    /// <summary>Parameters of the model trained.</summary>
    public required long ModelParameters { get; init; }

    /// <summary>Tokens trained on.</summary>
    public required double Tokens { get; init; }

    /// <summary>How ranks share the model's states.</summary>
    public required Scheme Parallelism { get; init; }

    /// <summary>Sequences per device and forward pass.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>Micro-batches per optimizer step.</summary>
    public required int GradAccum { get; init; }

    /// <summary>Tokens per sequence.</summary>
    public required int SeqLen { get; init; }

    /// <summary>Number format recipe.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Attention kernel.</summary>
    public required AttentionKind Attention { get; init; }

    /// <summary>What is recomputed.</summary>
    public required Recomputation Recomputation { get; init; }

    /// <summary>How the loss goes over tokens; null for the stack's own way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LossForm? Loss { get; init; }

    /// <summary>Chunks of the tokens of a micro-batch that head and loss go over; null for the stack's own way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LossChunks { get; init; }

    /// <summary>What waits in the host's memory; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Offload? Offload { get; init; }

    /// <summary>Sequences per device of an evaluation between steps; null where none was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? EvalBatch { get; init; }

    /// <summary>How the evaluation decides <see cref="PeakMemoryBytes"/>; null where training does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvaluationPeak? EvaluationPeak { get; init; }

    /// <summary>Bytes that wait in the memory of one machine's host; null where none do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? HostMemoryBytes { get; init; }

    /// <summary>The optimizer that was asked for; null for AdamW as the stack runs it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>How a base model is trained further; null where a model is trained from the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Tuning? Tuning { get; init; }

    /// <summary>Parameters that fine-tuning trains; null where a model is trained from the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TrainedParameters { get; init; }

    /// <summary>Share of the positions of a sequence that no token fills; null where samples are not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EmptyShare { get; init; }

    /// <summary>True when the model is compiled.</summary>
    public required bool Compile { get; init; }

    /// <summary>Tokens per second over all devices: the median.</summary>
    [JsonPropertyName("tokens_per_s")] public required double TokensPerSecond { get; init; }

    /// <summary>Lower end of the interval.</summary>
    [JsonPropertyName("tokens_per_s_low")] public required double TokensPerSecondLow { get; init; }

    /// <summary>Upper end of the interval.</summary>
    [JsonPropertyName("tokens_per_s_high")] public required double TokensPerSecondHigh { get; init; }

    /// <summary>Seconds of one optimizer step.</summary>
    [JsonPropertyName("step_time_s")] public required double StepTimeSeconds { get; init; }

    /// <summary>Model FLOPs utilisation against the device's dense peak of the precision, 0 to 1.</summary>
    public required double Mfu { get; init; }

    /// <summary>Peak memory per device.</summary>
    public required double PeakMemoryBytes { get; init; }

    /// <summary>Memory of one device that a run may use.</summary>
    public required double DeviceMemoryBytes { get; init; }

    /// <summary>Probability that the run fits into that memory, 0 to 1; null in plans of before it was told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FitsProbability { get; init; }

    /// <summary>Expected wall-clock hours of the whole run, start-up, checkpoints and losses included.</summary>
    public required double Hours { get; init; }

    /// <summary>Hours not exceeded in half of the cases; null in plans of before it was told from the expected hours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? HoursMedian { get; init; }

    /// <summary>Lower end of the interval of <see cref="Hours"/>.</summary>
    public required double HoursLow { get; init; }

    /// <summary>Upper end of the interval of <see cref="Hours"/>.</summary>
    public required double HoursHigh { get; init; }

    /// <summary>Expected USD for the run: what candidates are ordered by.</summary>
    public required double CostUsd { get; init; }

    /// <summary>USD not exceeded in half of the cases; null in plans of before it was told from the expected cost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CostUsdMedian { get; init; }

    /// <summary>Lower end of the interval of <see cref="CostUsd"/>.</summary>
    public required double CostUsdLow { get; init; }

    /// <summary>Upper end of the interval of <see cref="CostUsd"/>.</summary>
    public required double CostUsdHigh { get; init; }

    /// <summary>Tokens trained per expected dollar.</summary>
    public required double TokensPerUsd { get; init; }

    /// <summary>Expected loss in nats per token on the scaling law's data; null when outside its range.</summary>
    public double? ExpectedLoss { get; init; }

    /// <summary>
    /// Nats per token by which another dollar of the same training would lower the expected loss; null when outside the law's range.
    /// </summary>
    public double? LossPerUsd { get; init; }

    /// <summary>Probability that the run costs no more than the budget, 0 to 1; null without a budget.</summary>
    public double? BudgetKeptProbability { get; init; }

    /// <summary>Probability that the run takes no longer than the deadline, 0 to 1; null without a deadline.</summary>
    public double? DeadlineKeptProbability { get; init; }

    /// <summary>
    /// True when the budget is kept with the confidence asked; null without a budget, and in plans of before it was stated.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? BudgetKept { get; init; }

    /// <summary>
    /// True when the deadline is kept with the confidence asked; null without a deadline, and in plans of before it was stated.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? DeadlineKept { get; init; }

    /// <summary>Tokens of one optimizer step over all devices.</summary>
    [JsonIgnore]
    public double TokensPerStep => (double)SeqLen * MicroBatch * GradAccum * Gpus
        / (Parallelism.Tensor * Parallelism.Pipeline * Parallelism.Context)
        * (1 - (EmptyShare ?? 0));

    /// <summary>Storage and egress of the expected run, USD: what of <see cref="CostUsd"/> the machines' price does not change.</summary>
    [JsonIgnore]
    public double FeesUsd => StorageUsdPerHour * Hours + EgressUsd;

    /// <summary>The day the price was last seen, and where.</summary>
    public required DateOnly PriceDate { get; init; }

    /// <summary>Source of the price.</summary>
    public required string PriceSource { get; init; }

    /// <summary>Terms of the step time and of the memory.</summary>
    public required CandidateBreakdown Breakdown { get; init; }
}

/// <summary>Where a candidate's step time and memory go. Names say the term; keys carry the unit in machine formats.</summary>
/// <param name="StepTimeS">Seconds per term of one optimizer step; they add up to the step.</param>
/// <param name="MemoryBytes">Bytes per component of one device's peak; they add up to the peak.</param>
public sealed record CandidateBreakdown(IReadOnlyList<NamedAmount> StepTimeS, IReadOnlyList<NamedAmount> MemoryBytes);

/// <summary>A named part of a sum.</summary>
/// <param name="Name">Snake-case name of the part, for example <c>matmul</c>.</param>
/// <param name="Amount">Its size, in the unit of the list it stands in.</param>
public sealed record NamedAmount(string Name, double Amount);
