namespace SlmPlanner.Core.Planning.Requests;

/// <summary>How large the amounts of a request may be. The command line, the form and the settings show and keep the same ranges.</summary>
public static class RequestRanges
{
    /// <summary>Tokens to train on.</summary>
    public static readonly AllowedRange Tokens = new("tokens", TokenRange.Least, TokenRange.Most);

    /// <summary>Tokens that differ.</summary>
    public static readonly AllowedRange UniqueTokens = Tokens with { Name = "unique_tokens" };

    /// <summary>Most to spend, USD.</summary>
    public static readonly AllowedRange BudgetUsd = new("budget_usd", 0.01, 1e9);

    /// <summary>Longest to take, hours: a minute to ten years.</summary>
    public static readonly AllowedRange DeadlineHours = new("deadline_h", 1.0 / 60, 87_600);

    /// <summary>What a day sooner is worth, USD.</summary>
    public static readonly AllowedRange DayWorthUsd = new("day_worth_usd", 0, 1e7);

    /// <summary>Network assumed where an offer states none, Gbit/s per machine.</summary>
    public static readonly AllowedRange AssumedNetworkGbitS = new("assume_network_gbit_s", 0.1, 25_600);

    /// <summary>Loss to reach, nats per token.</summary>
    public static readonly AllowedRange TargetLoss = new("target_loss", 0.1, 20);

    /// <summary>Tokens that the trained model will process.</summary>
    public static readonly AllowedRange InferenceTokens = new("inference_tokens", 1, 1e18);

    /// <summary>Probability with which limits are kept.</summary>
    public static readonly AllowedRange Confidence = new("confidence", 0.5, 0.99);

    /// <summary>Most devices in all.</summary>
    public static readonly AllowedRange MaxGpus = new("max_gpus", 1, 16_384);

    /// <summary>Exactly so many devices.</summary>
    public static readonly AllowedRange GpuCount = MaxGpus with { Name = "gpu_count" };

    /// <summary>Tokens per sequence.</summary>
    public static readonly AllowedRange SeqLen = new("seq_len", 1, 1 << 20);

    /// <summary>Tokens per optimizer step over all devices.</summary>
    public static readonly AllowedRange GlobalBatchTokens = new("global_batch_tokens", 1, 1e9);

    /// <summary>Tokens of the fullest rank over those of the average one.</summary>
    public static readonly AllowedRange ExpertImbalance = new("expert_imbalance", 1, 64);

    /// <summary>Chunks of the tokens of a micro-batch that the loss goes over.</summary>
    public static readonly AllowedRange LossChunks = new("loss_chunks", 2, 65_536);

    /// <summary>Sequences per device of an evaluation; 0 for none that is counted.</summary>
    public static readonly AllowedRange EvalBatch = new("eval_batch", 0, 1_000_000);

    /// <summary>Rank of adapters.</summary>
    public static readonly AllowedRange Rank = new("rank", 1, 4096);

    /// <summary>Blocks that are trained where others are frozen.</summary>
    public static readonly AllowedRange TrainedBlocks = new("trained_blocks", 1, 1000);

    /// <summary>Samples of fine-tuning.</summary>
    public static readonly AllowedRange Samples = new("samples", 1, 1e12);

    /// <summary>Times that samples are gone over.</summary>
    public static readonly AllowedRange Epochs = new("epochs", 0.01, 1000);

    /// <summary>Sequences per device and pass.</summary>
    public static readonly AllowedRange MicroBatch = GlobalBatchTokens with { Name = "micro_batch" };
}
