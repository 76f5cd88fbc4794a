using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Recipe;

/// <summary>
/// The published rules of batch, learning rate and weight decay, in <c>profiles/recipe.json</c>, each constant with its source.
/// </summary>
public sealed record RecipeProfile
{
    /// <summary>Version of the file format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Tokens per sequence of the runs behind the Power Lines.</summary>
    public required SourcedNumber PowerLinesSequenceTokens { get; init; }

    /// <summary>Power Lines: the optimal batch in sequences at one token.</summary>
    public required SourcedNumber PowerLinesOptimalSequences { get; init; }

    /// <summary>Power Lines: exponent of tokens of the optimal batch.</summary>
    public required SourcedNumber PowerLinesOptimalExponent { get; init; }

    /// <summary>Power Lines: the knee, twice the tokens and twice the steps of the least, in sequences at one token.</summary>
    public required SourcedNumber PowerLinesKneeSequences { get; init; }

    /// <summary>Power Lines: exponent of tokens of the knee.</summary>
    public required SourcedNumber PowerLinesKneeExponent { get; init; }

    /// <summary>Step Law: the optimal batch in tokens at one token.</summary>
    public required SourcedNumber StepLawBatchTokens { get; init; }

    /// <summary>Step Law: exponent of tokens of the batch.</summary>
    public required SourcedNumber StepLawBatchExponent { get; init; }

    /// <summary>Step Law: the learning rate at one parameter and one token.</summary>
    public required SourcedNumber StepLawRate { get; init; }

    /// <summary>Step Law: exponent of parameters, embeddings left out.</summary>
    public required SourcedNumber StepLawRateParameterExponent { get; init; }

    /// <summary>Step Law: exponent of tokens of the learning rate.</summary>
    public required SourcedNumber StepLawRateTokenExponent { get; init; }

    /// <summary>DeepSeek: the batch in tokens at one FLOP.</summary>
    public required SourcedNumber DeepseekBatchTokens { get; init; }

    /// <summary>DeepSeek: exponent of FLOPs of the batch.</summary>
    public required SourcedNumber DeepseekBatchExponent { get; init; }

    /// <summary>DeepSeek: the learning rate at one FLOP.</summary>
    public required SourcedNumber DeepseekRate { get; init; }

    /// <summary>DeepSeek: exponent of FLOPs of the learning rate.</summary>
    public required SourcedNumber DeepseekRateExponent { get; init; }

    /// <summary>AdamW's best time scale in passes over the data at one token per parameter.</summary>
    public required SourcedNumber TimescaleAtOne { get; init; }

    /// <summary>Exponent of tokens per parameter of the time scale.</summary>
    public required SourcedNumber TimescaleExponent { get; init; }

    /// <summary>By how much a batch may be off the optimum, either way, at about 5 % more compute.</summary>
    public required SourcedNumber FreeFactor { get; init; }

    /// <summary>Share of the steps in which the learning rate rises.</summary>
    public required SourcedNumber WarmupShare { get; init; }

    /// <summary>Most steps of it.</summary>
    public required SourcedNumber WarmupMostSteps { get; init; }

    /// <summary>The last learning rate as a share of the highest.</summary>
    public required SourcedNumber FinalRateShare { get; init; }

    /// <summary>Adam's β₁.</summary>
    public required SourcedNumber Beta1 { get; init; }

    /// <summary>Adam's β₂.</summary>
    public required SourcedNumber Beta2 { get; init; }

    /// <summary>Largest norm of the gradient.</summary>
    public required SourcedNumber ClipNorm { get; init; }
}
