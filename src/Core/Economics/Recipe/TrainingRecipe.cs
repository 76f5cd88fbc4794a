using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Recipe;

/// <summary>
/// With what batch, learning rate and weight decay to train, by published rules. Said with every plan and written into launch files.
/// </summary>
public sealed record TrainingRecipe
{
    /// <summary>The global batch of the plan, tokens.</summary>
    public required double BatchTokens { get; init; }

    /// <summary>The batch that reaches a loss with the least compute, by each rule; the first is the one used.</summary>
    public required IReadOnlyList<RuledAmount> OptimalBatch { get; init; }

    /// <summary>The least batch that costs about 5 % more than the optimum, tokens.</summary>
    public required double FreeFromTokens { get; init; }

    /// <summary>The largest such batch, tokens.</summary>
    public required double FreeUntilTokens { get; init; }

    /// <summary>The batch at which a fifth more tokens are needed.</summary>
    public required RuledAmount TwentyPercentBatch { get; init; }

    /// <summary>The knee: twice the tokens are needed, and no batch needs fewer than half the steps.</summary>
    public required RuledAmount KneeBatch { get; init; }

    /// <summary>
    /// A batch that grows as the run goes, where that saves tokens; null where it does not, and in plans of before it was told.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchWarmup? BatchWarmup { get; init; }

    /// <summary>The peak learning rate of AdamW by each rule; the first is the one used.</summary>
    public required IReadOnlyList<RuledAmount> LearningRate { get; init; }

    /// <summary>AdamW's decoupled weight decay, for the batch of the plan and the learning rate used.</summary>
    public required RuledAmount WeightDecay { get; init; }

    /// <summary>Optimizer steps of the run.</summary>
    public required long Steps { get; init; }

    /// <summary>Steps in which the learning rate rises.</summary>
    public required long WarmupSteps { get; init; }

    /// <summary>The learning rate at the end.</summary>
    public required double FinalLearningRate { get; init; }

    /// <summary>Adam's β₁.</summary>
    public required double Beta1 { get; init; }

    /// <summary>Adam's β₂.</summary>
    public required double Beta2 { get; init; }

    /// <summary>Largest norm of the gradient.</summary>
    public required double ClipNorm { get; init; }
}

/// <summary>An amount by a published rule.</summary>
/// <param name="Rule">Kebab-case key of the rule.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Verified">True when its constants were read in the publication; false where one of them is remembered.</param>
/// <param name="Source">The publication.</param>
public sealed record RuledAmount(string Rule, double Amount, bool Verified, string Source);

/// <summary>Works out a <see cref="TrainingRecipe"/>.</summary>
/// <param name="profile">The rules' constants.</param>
/// <param name="critical">The critical batch, where a fifth more tokens are needed.</param>
public sealed class RecipeRules(RecipeProfile profile, CriticalBatch critical)
{
    /// <summary>The recipe of a run.</summary>
    /// <param name="parameters">All parameters N.</param>
    /// <param name="withoutEmbeddings">Parameters less the embedding table and the head.</param>
    /// <param name="tokens">Training tokens D.</param>
    /// <param name="batchTokens">Tokens of one optimizer step.</param>
    /// <param name="accumulation">Micro-batches per step.</param>
    public TrainingRecipe Of(double parameters, double withoutEmbeddings, double tokens, double batchTokens, int accumulation = 1)
    {
        var flops = 6 * parameters * tokens;
        var steps = (long)Math.Ceiling(tokens / batchTokens);
        RuledAmount[] optimal =
        [
            Ruled("step-law", Power(profile.StepLawBatchTokens, tokens, profile.StepLawBatchExponent)),
            Ruled("power-lines", Power(profile.PowerLinesOptimalSequences, tokens, profile.PowerLinesOptimalExponent,
                profile.PowerLinesSequenceTokens)),
            Ruled("deepseek", Power(profile.DeepseekBatchTokens, flops, profile.DeepseekBatchExponent)),
        ];
        RuledAmount[] rates =
        [
            Ruled("step-law", StepLawRate(withoutEmbeddings, tokens)),
            Ruled("deepseek", Power(profile.DeepseekRate, flops, profile.DeepseekRateExponent)),
        ];
        return new()
        {
            BatchTokens = batchTokens,
            OptimalBatch = optimal,
            FreeFromTokens = optimal[0].Amount / profile.FreeFactor.Value,
            FreeUntilTokens = optimal[0].Amount * profile.FreeFactor.Value,
            TwentyPercentBatch = Ruled("critical-batch",
                (critical.Tokens(tokens), [critical.Profile.SequencesAtOneMillionTokens, critical.Profile.TokenExponent])),
            KneeBatch = Ruled("power-lines", Power(profile.PowerLinesKneeSequences, tokens, profile.PowerLinesKneeExponent,
                profile.PowerLinesSequenceTokens)),
            BatchWarmup = BatchWarmup.Of(critical, batchTokens, tokens, accumulation),
            LearningRate = rates,
            WeightDecay = Ruled("adamw-timescale", WeightDecay(rates[0].Amount, batchTokens, tokens, parameters)),
            Steps = steps,
            WarmupSteps = Math.Max(1, (long)Math.Min(profile.WarmupMostSteps.Value, Math.Round(profile.WarmupShare.Value * steps))),
            FinalLearningRate = rates[0].Amount * profile.FinalRateShare.Value,
            Beta1 = profile.Beta1.Value,
            Beta2 = profile.Beta2.Value,
            ClipNorm = profile.ClipNorm.Value,
        };
    }

    private (double, SourcedNumber[]) StepLawRate(double parameters, double tokens) => (
        profile.StepLawRate.Value * Math.Pow(parameters, profile.StepLawRateParameterExponent.Value)
        * Math.Pow(tokens, profile.StepLawRateTokenExponent.Value),
        [profile.StepLawRate, profile.StepLawRateParameterExponent, profile.StepLawRateTokenExponent]);

    /// <summary>
    /// λ = B / (η τ D) with AdamW's time scale τ = c (D/N)^e in passes over the data (Bergsma et al. 2025, arXiv 2505.13738).
    /// </summary>
    private (double, SourcedNumber[]) WeightDecay(double rate, double batchTokens, double tokens, double parameters)
    {
        var timescale = profile.TimescaleAtOne.Value * Math.Pow(tokens / parameters, profile.TimescaleExponent.Value);
        return (batchTokens / (rate * timescale * tokens), [profile.TimescaleAtOne, profile.TimescaleExponent]);
    }

    private static (double, SourcedNumber[]) Power(SourcedNumber factor, double amount, SourcedNumber exponent,
        SourcedNumber? unit = null) =>
        ((unit?.Value ?? 1) * factor.Value * Math.Pow(amount, exponent.Value), [factor, exponent]);

    private static RuledAmount Ruled(string rule, (double Amount, SourcedNumber[] Numbers) worked) => new(
        rule, worked.Amount, worked.Numbers.All(number => number.Kind is SourceKind.Published or SourceKind.Documented),
        worked.Numbers[0].SourceText());
}
