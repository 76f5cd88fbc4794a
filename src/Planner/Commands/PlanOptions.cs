using Cocona;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Planner.Commands;

/// <summary>The options that describe what is asked: of <c>plan</c>, <c>explain</c>, <c>sweep</c> and <c>compare</c>.</summary>
internal sealed record PlanOptions(
    [Option("model", Description = "a known model, or a Hugging Face config.json")][property: HasDefaultValue] string? Model = null,
    [Option("tokens", Description = "tokens to train on, for example 20B")][property: HasDefaultValue] string? Tokens = null,
    [Option("target-loss", Description = "loss to reach, nats per token, instead of --tokens; the model may be left open")][property: HasDefaultValue] string? TargetLoss = null,
    [Option("inference-tokens", Description = "tokens that the model will serve in its life, for example 1T: prefers a smaller model trained longer")][property: HasDefaultValue] string? InferenceTokens = null,
    [Option("budget", Description = "most to spend, USD, for example 2000 or 2,000")][property: HasDefaultValue] string? Budget = null,
    [Option("deadline", Description = "longest to take, for example 7d or 36h")][property: HasDefaultValue] string? Deadline = null,
    [Option("objective", Description = "cost, time or loss; by default time with a budget alone, loss without model or tokens, else cost")][property: HasDefaultValue] string? Objective = null,
    [Option("gpus", Description = "GPU types to consider, separated by commas")][property: HasDefaultValue] string? Gpus = null,
    [Option("providers", Description = "providers to consider, separated by commas")][property: HasDefaultValue] string? Providers = null,
    [Option("regions", Description = "regions to consider, separated by commas")][property: HasDefaultValue] string? Regions = null,
    [Option("max-gpus", Description = "most GPUs in all")][property: HasDefaultValue] string? MaxGpus = null,
    [Option("spot", Description = "consider interruptible prices too and decide between the two (also: --spot auto)")][property: HasDefaultValue] bool Spot = false,
    [Option("confidence", Description = "probability with which budget and deadline are kept, and coverage of intervals")][property: HasDefaultValue] string? Confidence = null,
    [Option("seq-len", Description = "tokens per sequence")][property: HasDefaultValue] string? SeqLen = null,
    [Option("global-batch", Description = "tokens per optimizer step over all GPUs, for example 512K")][property: HasDefaultValue] string? GlobalBatch = null,
    [Option("precision", Description = "recipes to consider: bf16-mixed, bf16-pure, fp16-mixed, fp8-mixed, tf32, fp32")][property: HasDefaultValue] string? Precision = null,
    [Option("attention", Description = "kinds to consider: flash, vanilla")][property: HasDefaultValue] string? Attention = null,
    [Option("parallelism", Description = "schemes to consider: ddp, zero1, zero2, fsdp_grad_op, fsdp_full, hsdp")][property: HasDefaultValue] string? Parallelism = null,
    [Option("stack", Description = "software stack whose efficiency is assumed")][property: HasDefaultValue] string? Stack = null,
    [Option("offers", Description = "your own price list (CSV) instead of the shipped snapshot")][property: HasDefaultValue] string? Offers = null,
    [Option("reserved", Description = "a reserved term, paid whole: provider=lambda,gpu=H100-SXM,gpus=8,usd_per_hour=15.9,months=3 (price of one machine); may be repeated")][property: HasDefaultValue] string[]? Reserved = null,
    [Option("own", Description = "machines you have, beside those for rent: 4xRTX4090@0.35 (USD per GPU-hour, all in) or 4xRTX4090,price_usd=1800; may be repeated")][property: HasDefaultValue] string[]? Own = null) : ICommandParameterSet
{
    /// <summary>Opens the data files and settings that these options plan with.</summary>
    public Workbench Open(CommonOptions common, TimeProvider clock)
    {
        var store = common.OpenProfiles();
        var settings = PlannerSettings.From(common.LoadSettings());
        var today = DateOnly.FromDateTime(clock.GetUtcNow().DateTime);
        return Workbench.Open(store, CommonOptions.OpenOffers(store, Offers), settings, today);
    }

    /// <summary>The same without Cocona.</summary>
    public RequestTexts Texts => new()
    {
        Model = Model,
        Tokens = Tokens,
        TargetLoss = TargetLoss,
        InferenceTokens = InferenceTokens,
        Budget = Budget,
        Deadline = Deadline,
        Objective = Objective,
        Gpus = Gpus,
        Providers = Providers,
        Regions = Regions,
        MaxGpus = MaxGpus,
        Spot = Spot,
        Confidence = Confidence,
        SeqLen = SeqLen,
        GlobalBatch = GlobalBatch,
        Precision = Precision,
        Attention = Attention,
        Parallelism = Parallelism,
        Stack = Stack,
        Own = BroughtOffers.Join(Own),
        Reserved = BroughtOffers.Join(Reserved),
    };
}
