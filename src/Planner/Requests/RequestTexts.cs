using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Planner.Requests;

/// <summary>A request as people write it, one text per field; null where they say nothing.</summary>
internal sealed record RequestTexts
{
    /// <summary>A known model, or a file.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens, for example <c>20B</c>.</summary>
    public string? Tokens { get; init; }

    /// <summary>Loss to reach, nats per token.</summary>
    public string? TargetLoss { get; init; }

    /// <summary>Tokens that the model will serve, for example <c>1T</c>.</summary>
    public string? InferenceTokens { get; init; }

    /// <summary>USD, for example <c>2,000</c>.</summary>
    public string? Budget { get; init; }

    /// <summary>A duration, for example <c>7d</c>.</summary>
    public string? Deadline { get; init; }

    /// <summary><c>cost</c>, <c>time</c> or <c>loss</c>.</summary>
    public string? Objective { get; init; }

    /// <summary>GPU types, separated by commas.</summary>
    public string? Gpus { get; init; }

    /// <summary>Providers, separated by commas.</summary>
    public string? Providers { get; init; }

    /// <summary>Regions, separated by commas.</summary>
    public string? Regions { get; init; }

    /// <summary>A whole number.</summary>
    public string? MaxGpus { get; init; }

    /// <summary>True to consider interruptible prices too.</summary>
    public bool Spot { get; init; }

    /// <summary>A number between 0.5 and 0.99.</summary>
    public string? Confidence { get; init; }

    /// <summary>A whole number of tokens.</summary>
    public string? SeqLen { get; init; }

    /// <summary>Tokens, for example <c>512K</c>.</summary>
    public string? GlobalBatch { get; init; }

    /// <summary>Recipes, separated by commas.</summary>
    public string? Precision { get; init; }

    /// <summary>Kinds of attention, separated by commas.</summary>
    public string? Attention { get; init; }

    /// <summary>Sharding schemes, separated by commas.</summary>
    public string? Parallelism { get; init; }

    /// <summary>A software stack by name.</summary>
    public string? Stack { get; init; }

    /// <summary>Machines that one has, as <see cref="OwnMachines"/> reads them, separated by semicolons.</summary>
    public string? Own { get; init; }

    /// <summary>Reserved terms, as <see cref="ReservedOffer"/> reads them, separated by semicolons.</summary>
    public string? Reserved { get; init; }
}
