using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;
using SlmPlanner.Presentation.CommandLine;
using static SlmPlanner.Presentation.CommandLine.CommandOption;
using static SlmPlanner.Presentation.CommandLine.OptionGroup;

namespace SlmPlanner.Planner.Options;

/// <summary>The table of what a request may say: of <c>plan</c>, <c>explain</c>, <c>sweep</c>, <c>compare</c>, and of the form.</summary>
internal static class RequestOptions
{
    /// <summary>What stands between two reserved terms, or two lots of machines, in one text: commas stand inside.</summary>
    private const char OfferSeparator = ';';

    public static readonly CommandOption<string?> Model = Text(
        "model", "NAME|FILE", "a known model (see 'slm-plan models list') or a Hugging Face config.json") with
    {
        Group = What, Example = "slm-1b", Field = new("Model", FormPlace.Main) { Subjects = ["model", "unknown model"] },
    };

    public static readonly CommandOption<double?> Tokens = Optional(
        "tokens", Amounts.Tokens.Within(RequestRanges.Tokens), "tokens to train on") with
    {
        Group = What, Example = "20B", Field = new("Tokens to train on", FormPlace.Main),
    };

    public static readonly CommandOption<double?> UniqueTokens = Optional(
        "unique-tokens", Amounts.Tokens.Within(RequestRanges.UniqueTokens),
        "tokens that differ: more are passes over the same data, worth less") with
    {
        Group = What, Example = "8B", Default = "as many as are trained on", Field = new("Unique tokens"),
    };

    public static readonly CommandOption<string?> LossLaw = Text(
        "loss-law", "NAME", "law of loss against size and tokens: besiroglu-2024, skaling-2026 or a file of profiles/loss") with
    {
        Group = What, Example = "skaling-2026", Default = "besiroglu-2024", Field = new("Law of loss") { Subjects = ["scaling law"] },
    };

    public static readonly CommandOption<double?> TargetLoss = Optional(
        "target-loss", Values.Number("NATS").Within(RequestRanges.TargetLoss),
        "loss to reach, nats per token, instead of --tokens; the model may be left open") with
    {
        Group = What, Example = "2.6", Field = new("Loss to reach, instead of tokens"),
    };

    public static readonly CommandOption<double?> InferenceTokens = Optional(
        "inference-tokens", Amounts.Tokens.Within(RequestRanges.InferenceTokens),
        "tokens that the model will serve in its life: prefers a smaller model trained longer") with
    {
        Group = What, Example = "1T", Field = new("Tokens to be served later"),
    };

    public static readonly CommandOption<int?> SeqLen = Optional(
        "seq-len", Amounts.Count("TOKENS").Within(RequestRanges.SeqLen), "tokens per sequence") with
    {
        Group = What, Example = "1024", Setting = "", Default = "the model's own, at most 2048", Field = new("Tokens per sequence"),
    };

    public static readonly CommandOption<double?> GlobalBatch = Optional(
        "global-batch", Amounts.Tokens.Within(RequestRanges.GlobalBatchTokens), "tokens per optimizer step over all GPUs") with
    {
        Group = What, Example = "512K", Setting = "524288", Default = "524288", Field = new("Tokens per optimizer step"),
    };

    public static readonly CommandOption<Objective?> Objective = Optional(
        "objective", Values.Choice<Objective>().Understanding(("cheapest", Core.Planning.Requests.Objective.Cost),
            ("fastest", Core.Planning.Requests.Objective.Time)), "what is made least; cheapest and fastest are understood too") with
    {
        Group = What, Example = "time", Default = "balanced; loss without model or tokens",
        Field = new("Least", FormPlace.Main),
    };

    public static readonly CommandOption<double?> Budget = Optional(
        "budget", Amounts.Usd.Within(RequestRanges.BudgetUsd), "most to spend") with
    {
        Group = Limits, Example = "2000", Field = new("Budget, USD", FormPlace.Main) { HasSlider = true },
    };

    public static readonly CommandOption<double?> Deadline = Optional(
        "deadline", Amounts.Duration.Within(RequestRanges.DeadlineHours),
        "longest to take, in weeks, days, hours or minutes: 36h, 1d12h") with
    {
        Group = Limits, Example = "7d", Field = new("Deadline", FormPlace.Main) { HasSlider = true, Placeholder = "7d or 36h" },
    };

    public static readonly CommandOption<double?> DayWorth = Optional(
        "day-worth", Amounts.Usd.Within(RequestRanges.DayWorthUsd),
        "what a day sooner is worth: the balanced answer then has least cost + days × that") with
    {
        Group = Limits, Example = "150", Field = new("Worth of a day, USD", FormPlace.Main) { HasSlider = true },
    };

    public static readonly CommandOption<int?> MaxGpus = Optional(
        "max-gpus", Amounts.Count("COUNT").Within(RequestRanges.MaxGpus), "most GPUs in all") with
    {
        Group = Limits, Example = "16", Setting = "64", Default = "64", Field = new("Most GPUs", FormPlace.Main) { HasSlider = true },
    };

    public static readonly CommandOption<double?> Confidence = Optional(
        "confidence", Values.Number("SHARE").Within(RequestRanges.Confidence),
        "probability with which budget and deadline are kept, and coverage of intervals") with
    {
        Group = Limits, Example = "0.8", Setting = "0.9", Default = "0.9", Field = new("Confidence", FormPlace.Main),
    };

    public static readonly CommandOption<IReadOnlyList<string>> Gpus = Many("gpus", Values.Text("LIST"), "GPU types to consider") with
    {
        Group = Hardware, Example = "H100,A100-80GB", Setting = "", Default = "all",
        Field = new("GPU types") { Subjects = ["unknown GPU", "unknown device"] },
    };

    public static readonly CommandOption<IReadOnlyList<string>> Own = Many(
        "own", Values.Text("MACHINES"),
        "machines you have, beside those for rent, at USD per GPU-hour all in, or with their price: 4xRTX4090,price_usd=1800",
        OfferSeparator) with
    {
        Group = Hardware, Example = "4xRTX4090@0.35", IsRepeatable = true, Field = new("Own machines @ USD/GPU-h"),
    };

    public static readonly CommandOption<IReadOnlyList<string>> Providers = Many(
        "providers", Values.Text("LIST"), "providers to consider") with
    {
        Group = Hardware, Example = "aws,lambda", Setting = "", Default = "all",
        Field = new("Providers", FormPlace.Ticks) { Subjects = ["unknown provider"] },
    };

    public static readonly CommandOption<IReadOnlyList<string>> Regions = Many("regions", Values.Text("LIST"), "regions to consider") with
    {
        Group = Hardware, Example = "us-east-1", Setting = "", Default = "all", Field = new("Regions") { Subjects = ["unknown region"] },
    };

    public static readonly CommandOption<IReadOnlyList<Precision>> Precision = Many(
        "precision", Values.Choice<Precision>() with { Word = "LIST" }, "recipes to consider") with
    {
        Group = Software, Example = "bf16-mixed", Default = "mixed bf16, or fp16 where the device lacks it",
        Field = new("Precision recipes"),
    };

    public static readonly CommandOption<IReadOnlyList<AttentionKind>> Attention = Many(
        "attention", Values.Choice<AttentionKind>() with { Word = "LIST" }, "kinds to consider") with
    {
        Group = Software, Example = "flash", Default = "flash where the device has it", Field = new("Attention"),
    };

    public static readonly CommandOption<IReadOnlyList<Scheme>> Parallelism = Many(
        "parallelism", Amounts.Scheme with { Word = "LIST" },
        "sharding schemes to consider; axes are added: zero1+tp(2)+sp+pp(4), +cp(N), +ep(N)") with
    {
        Group = Software, Example = "ddp,fsdp_full", Default = "all", Field = new("Sharding schemes"),
    };

    public static readonly CommandOption<double?> ExpertImbalance = Optional(
        "expert-imbalance", Values.Number("FACTOR").Within(RequestRanges.ExpertImbalance),
        "tokens of the fullest rank over the mean, where ranks share experts") with
    {
        Group = Software, Example = "1.1", Default = "1.25", Field = new("Imbalance of experts"),
    };

    public static readonly CommandOption<OptimizerKind?> Optimizer = Optional(
        "optimizer", Values.Choice<OptimizerKind>(), "the optimizer, whose states and step are counted") with
    {
        Group = Software, Example = "adamw-8bit", Default = "AdamW as the stack runs it", Field = new("Optimizer"),
    };

    public static readonly CommandOption<IReadOnlyList<LossForm>> Loss = Many(
        "loss", Values.Choice<LossForm>() with { Word = "LIST" },
        "forms of head and loss to consider: whole as the stack has it, in chunks computed again, or fused in chunks") with
    {
        Group = Software, Example = "whole,fused", Default = "whole", Field = new("Loss"),
    };

    public static readonly CommandOption<int?> LossChunks = Optional(
        "loss-chunks", Values.Whole("COUNT").Within(RequestRanges.LossChunks), "chunks of a micro-batch's tokens under --loss chunked") with
    {
        Group = Software, Example = "16", Default = "8", Field = new("Chunks of the loss"),
    };

    public static readonly CommandOption<IReadOnlyList<Offload>> Offload = Many(
        "offload", Values.Choice<Offload>() with { Word = "LIST" },
        "what may wait in the host's memory: none, or inputs of recomputed blocks (activations)") with
    {
        Group = Software, Example = "none,activations", Default = "none", Field = new("Offloading to the host"),
    };

    public static readonly CommandOption<int?> EvalBatch = Optional(
        "eval-batch", Values.Whole("COUNT").Within(RequestRanges.EvalBatch),
        "sequences per GPU of an evaluation between steps, which must fit too") with
    {
        Group = Software, Example = "64", Default = "none beyond the micro-batch", Field = new("Sequences of an evaluation"),
    };

    public static readonly CommandOption<string?> Stack = Text("stack", "NAME", "software stack whose efficiency is assumed") with
    {
        Group = Software, Example = "hf-trainer", Setting = "", Default = "the population of stacks",
        Field = new("Software stack") { Placeholder = "by default none assumed" },
    };

    public static readonly CommandOption<bool> Spot = Flag(
        "spot", "consider interruptible prices too and decide between the two; also: --spot auto") with
    {
        Group = Prices, FlagWords = ["auto"], Field = new("interruptible (spot) prices too", FormPlace.Ticks),
    };

    public static readonly CommandOption<string?> Project = Text(
        "project", "FILE|LIST", "what the project does besides the run, which the budget must cover too: 'default', a JSON file, or name=value,… with runs as COUNT@SIZE") with
    {
        Group = Prices, Example = "ablations=20@0.01,seeds=2,trials=30@0.005",
            Field = new("Project") { Placeholder = "default, or ablations=20@0.01" },
    };

    public static readonly CommandOption<DateOnly?> RentOn = Optional(
        "rent-on", Amounts.Day, "rent later than today: prices drift to that day as they did in history") with
    {
        Group = Prices, Example = "2027-03-01", Default = "today", Field = new("Rent on") { Placeholder = "YYYY-MM-DD" },
    };

    public static readonly CommandOption<IReadOnlyList<WayToRent>> RentBy = Many(
        "rent-by", Values.Choice<WayToRent>() with { Word = "LIST" }, "ways to rent that you accept") with
    {
        Group = Prices, Example = "on-demand,spot", Default = "on-demand; with --spot also spot,flex-start",
        Field = new("Ways to rent"),
    };

    public static readonly CommandOption<IReadOnlyList<string>> Quota = Many(
        "quota", Values.Text("LIST"),
        "what you may start: machines of a type (aws:p5.48xlarge=2), GPUs of a kind (gcp:H100=16), GPUs in all (nebius=64)") with
    {
        Group = Prices, Example = "aws:p5.48xlarge=2,nebius=64", Default = "what is known of new accounts",
        Field = new("Your quotas"),
    };

    public static readonly CommandOption<double?> AssumeNetwork = Optional(
        "assume-network", Values.Number("GBIT/S").Within(RequestRanges.AssumedNetworkGbitS),
        "network per machine assumed where an offer states none; such answers are marked") with
    {
        Group = Hardware, Example = "100", Field = new("Network where unknown, Gbit/s"),
    };

    public static readonly CommandOption<IReadOnlyList<string>> Reserved = Many(
        "reserved", Values.Text("TERM"), "a reserved term, paid whole, at the price of one machine", OfferSeparator) with
    {
        Group = Prices, Example = "provider=lambda,gpu=H100-SXM,gpus=8,usd_per_hour=15.9,months=3", IsRepeatable = true,
        Field = new("Reserved terms"),
    };

    /// <summary>All of them, in the order that help, form and permalinks show them.</summary>
    public static readonly IReadOnlyList<CommandOption> All =
    [
        Model, Tokens, UniqueTokens, LossLaw, TargetLoss, InferenceTokens, SeqLen, GlobalBatch, Objective,
        .. FineTuningOptions.All,
        Budget, Deadline, DayWorth, MaxGpus, Confidence,
        Gpus, Own, Providers, Regions, AssumeNetwork,
        Precision, Attention, Parallelism, ExpertImbalance, Optimizer, Loss, LossChunks, Offload, EvalBatch, Stack,
        Spot, RentBy, Quota, Project, RentOn, Reserved,
    ];
}
