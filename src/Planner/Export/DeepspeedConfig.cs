using System.Text.Json;
using System.Text.Json.Nodes;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// A DeepSpeed configuration. DeepSpeed ignores keys at the top that it does not know; under <c>slm_plan</c> stands what
/// the training script and the launcher must do, such as attention and recomputation.
/// </summary>
internal static class DeepspeedConfig
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The configuration as JSON.</summary>
    /// <exception cref="InputException">DeepSpeed can't do what the plan says.</exception>
    public static string Write(Launch launch)
    {
        var candidate = launch.Candidate;
        ModelSplit.Refuse(candidate, "DeepSpeed");
        ZeroStage.RequireOneGroup(candidate.Parallelism);
        var config = new JsonObject
        {
            ["train_batch_size"] = (long)candidate.MicroBatch * candidate.GradAccum * candidate.Gpus,
            ["train_micro_batch_size_per_gpu"] = candidate.MicroBatch,
            ["gradient_accumulation_steps"] = candidate.GradAccum,
            ["zero_optimization"] = ZeroOptimization(candidate),
            ["communication_data_type"] = ReduceType(candidate),
            ["bf16"] = new JsonObject { ["enabled"] = candidate.Precision == Precision.Bf16Mixed },
            ["fp16"] = new JsonObject { ["enabled"] = candidate.Precision == Precision.Fp16Mixed },
        };
        if (launch.Recipe is { } recipe)
            Add(recipe, candidate, config);
        config["slm_plan"] = new JsonObject(PlanFacts.Of(candidate).Concat(RecipeFacts.Of(launch.Recipe))
            .Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)fact.Value)));
        if (candidate.Precision is Precision.Bf16Pure || candidate.Precision.IsNarrow())
            throw new InputException($"DeepSpeed has no precision {DeclaredName.Of(candidate.Precision)} by configuration alone: export "
                + $"to torchrun");
        return config.ToJsonString(Indented) + "\n";
    }

    /// <summary>
    /// Clipping, and for AdamW the optimizer with its schedule. DeepSpeed takes a script's own optimizer before this one, and this schedule
    /// before the script's.
    /// </summary>
    private static void Add(TrainingRecipe recipe, Candidate candidate, JsonObject config)
    {
        config["gradient_clipping"] = recipe.ClipNorm;
        if (candidate.Optimizer is not (null or OptimizerKind.AdamW or OptimizerKind.AdamWFused))
            return;
        var rate = recipe.LearningRate[0].Amount;
        config["optimizer"] = new JsonObject
        {
            ["type"] = "AdamW",
            ["params"] = new JsonObject
            {
                ["lr"] = rate, ["betas"] = new JsonArray(recipe.Beta1, recipe.Beta2), ["weight_decay"] = recipe.WeightDecay.Amount,
            },
        };
        config["scheduler"] = new JsonObject
        {
            ["type"] = "WarmupCosineLR",
            ["params"] = new JsonObject
            {
                ["total_num_steps"] = recipe.Steps, ["warmup_num_steps"] = recipe.WarmupSteps, ["warmup_type"] = "linear",
                ["cos_min_ratio"] = recipe.FinalLearningRate / rate,
            },
        };
    }

    /// <summary>In what gradients are added up: what the plan counted.</summary>
    private static string ReduceType(Candidate candidate) =>
        PlanFacts.Bytes(candidate).Reduce > 2 ? "fp32" : candidate.Precision == Precision.Fp16Mixed ? "fp16" : "bf16";

    private static JsonObject ZeroOptimization(Candidate candidate)
    {
        var zero = new JsonObject { ["stage"] = ZeroStage.Of(candidate.Parallelism.Name), ["overlap_comm"] = true,
            ["contiguous_gradients"] = true };
        if (candidate.Parallelism.Name == SchemeName.Hsdp)
            zero["zero_hpz_partition_size"] = candidate.Parallelism.On(candidate.Gpus, candidate.GpusPerNode).ParameterRanks;
        return zero;
    }
}
