using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>Everything that the form and a permalink can say, in the order in which they say it.</summary>
internal static class PlanFields
{
    /// <summary>What nearly everyone states.</summary>
    public static readonly IReadOnlyList<PlanField> Main =
    [
        new("model", "Model", "slm-1b", texts => texts.Model, (texts, text) => texts with { Model = text }, "model", "unknown model"),
        new("tokens", "Tokens to train on", "20B", texts => texts.Tokens, (texts, text) => texts with { Tokens = text }, "tokens"),
        new("budget", "Budget, USD", "2000", texts => texts.Budget, (texts, text) => texts with { Budget = text }, "budget_usd"),
        new("deadline", "Deadline", "7d or 36h", texts => texts.Deadline, (texts, text) => texts with { Deadline = text }, "deadline_h"),
        new("max-gpus", "Most GPUs", "64", texts => texts.MaxGpus, (texts, text) => texts with { MaxGpus = text }, "max_gpus"),
        new("confidence", "Confidence", "0.9", texts => texts.Confidence, (texts, text) => texts with { Confidence = text }, "confidence"),
    ];

    /// <summary>What is minimised.</summary>
    public static readonly PlanField Objective =
        new("objective", "Least", "cost, time or loss", texts => texts.Objective, (texts, text) => texts with { Objective = text }, "objective");

    /// <summary>Providers, separated by commas.</summary>
    public static readonly PlanField Providers =
        new("providers", "Providers", "all", texts => texts.Providers, (texts, text) => texts with { Providers = text }, "unknown provider");

    /// <summary>What engineers may add.</summary>
    public static readonly IReadOnlyList<PlanField> More =
    [
        new("gpus", "GPU types", "H100, A100-80GB", texts => texts.Gpus, (texts, text) => texts with { Gpus = text }, "unknown GPU", "unknown device"),
        new("own", "Own machines @ USD/GPU-h", "4xRTX4090@0.35", texts => texts.Own, (texts, text) => texts with { Own = text }, "--own") { Separator = BroughtOffers.Separator },
        new("reserved", "Reserved terms", "provider=lambda,gpu=H100-SXM,gpus=8,usd_per_hour=15.9,months=3", texts => texts.Reserved, (texts, text) => texts with { Reserved = text }, "--reserved") { Separator = BroughtOffers.Separator },
        new("regions", "Regions", "us-east-1", texts => texts.Regions, (texts, text) => texts with { Regions = text }, "unknown region"),
        new("target-loss", "Loss to reach, instead of tokens", "2.6", texts => texts.TargetLoss, (texts, text) => texts with { TargetLoss = text }, "target_loss"),
        new("inference-tokens", "Tokens to be served later", "1T", texts => texts.InferenceTokens, (texts, text) => texts with { InferenceTokens = text }, "inference_tokens"),
        new("seq-len", "Tokens per sequence", "2048", texts => texts.SeqLen, (texts, text) => texts with { SeqLen = text }, "seq_len"),
        new("global-batch", "Tokens per optimizer step", "512K", texts => texts.GlobalBatch, (texts, text) => texts with { GlobalBatch = text }, "global_batch_tokens"),
        new("precision", "Precision recipes", "bf16-mixed", texts => texts.Precision, (texts, text) => texts with { Precision = text }),
        new("attention", "Attention", "flash", texts => texts.Attention, (texts, text) => texts with { Attention = text }),
        new("parallelism", "Sharding schemes", "ddp, fsdp_full", texts => texts.Parallelism, (texts, text) => texts with { Parallelism = text }),
        new("stack", "Software stack", "by default none assumed", texts => texts.Stack, (texts, text) => texts with { Stack = text }),
    ];

    /// <summary>The name of the box for interruptible prices.</summary>
    public const string Spot = "spot";

    /// <summary>Every field that holds a text.</summary>
    public static readonly IReadOnlyList<PlanField> All = [.. Main, Objective, Providers, .. More];
}
