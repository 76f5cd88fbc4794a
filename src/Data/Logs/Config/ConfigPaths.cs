using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Logs.Config;

/// <summary>Settings whose meaning hangs on where they stand; the rest goes by name (<see cref="ConfigKeys"/>).</summary>
internal static class ConfigPaths
{
    private static readonly Dictionary<string, string> Plan = new(StringComparer.Ordinal)
    {
        ["gpus"] = "world_size", ["micro_batch"] = "micro_batch_size", ["grad_accum"] = "gradient_accumulation_steps",
    };

    /// <summary>Takes a setting.</summary>
    /// <param name="path">Where it stands, parts joined by dots.</param>
    /// <param name="value">Its value.</param>
    /// <param name="keep">Takes each field and value.</param>
    public static void Read(string path, string value, Action<RunField, string> keep)
    {
        if (path.StartsWith("recommendation.", StringComparison.Ordinal) || path.StartsWith("slm_plan.", StringComparison.Ordinal))
        {
            OfPlan(path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..], value, keep);
            return;
        }
        // torchtitan's validation has a batch and a length of its own.
        if (path.StartsWith("request.", StringComparison.Ordinal) || path.StartsWith("candidates.", StringComparison.Ordinal)
            || path.StartsWith("validat", StringComparison.Ordinal))
            return;
        // Weights and Biases sets each value of a configuration under its name.
        if (path.EndsWith(".value", StringComparison.Ordinal))
            path = path[..^".value".Length];
        switch (path)
        {
            case "gpu_count":
                ConfigKeys.Read("world_size", value, keep);
                break;
            case "gpu" when value.Length > 2:
                keep(RunField.Gpu, value);
                break;
            case "trainer.devices":
                ConfigKeys.Read("gpus_per_node", value, keep);
                break;
            case "activation_checkpoint.mode":
                keep(RunField.Recomputation, value is "full" or "selective" or "none" ? value : "selective");
                break;
            case "compile.enable" or "training.compile":
                keep(RunField.Compile, value.ToLowerInvariant());
                break;
            case "training.steps":
                keep(RunField.TotalSteps, value);
                break;
            case "training.batch_size":
                ConfigKeys.Read("micro_batch_size", value, keep);
                break;
            case "model.flavor" or "model_name" or "model_config.name" or "model_type":
                keep(RunField.Model, value);
                break;
            case "zero_optimization.stage":
                ConfigKeys.Read("zero_stage", value, keep);
                break;
            case "zero_optimization.offload_optimizer.device" or "zero_optimization.offload_param.device":
                ConfigKeys.Read("offload_optimizer_device", value, keep);
                break;
            case "bf16.enabled" or "fp16.enabled":
                ConfigKeys.Read(path.AsSpan(0, 4), value, keep);
                break;
            case "resources.accelerators":
                Accelerators(value, keep);
                break;
            case "sbatch.nodes":
                ConfigKeys.Read("num_nodes", value, keep);
                break;
            case "sbatch.gpus_per_node" or "sbatch.gres":
                Gres(value, keep);
                break;
            case "max_seq_len" or "variables.max_seq_len":
                ConfigKeys.Read("seq_len", value, keep);
                break;
            default:
                if (!path.StartsWith("sbatch.", StringComparison.Ordinal) && !path.StartsWith("text_config.", StringComparison.Ordinal))
                    ConfigKeys.Read(path, value, keep);
                break;
        }
    }

    private static void OfPlan(string name, string value, Action<RunField, string> keep)
    {
        switch (name)
        {
            case "gpu":
                keep(RunField.Gpu, value);
                break;
            case "model":
                keep(RunField.Model, value);
                break;
            case "parallelism":
                keep(RunField.Parallelism, value);
                break;
            case "attention":
                keep(RunField.Attention, value);
                break;
            case "recomputation":
                keep(RunField.Recomputation, value);
                break;
            case "precision":
                keep(RunField.Precision, value);
                break;
            case "plan_id" or "seq_len" or "gpus_per_node" or "nodes" or "compile" or "gpus" or "micro_batch" or "grad_accum":
                ConfigKeys.Read(Plan.GetValueOrDefault(name, name), value, keep);
                break;
        }
    }

    /// <summary>SkyPilot's <c>NAME:COUNT</c>.</summary>
    private static void Accelerators(string value, Action<RunField, string> keep)
    {
        var parts = value.Split(':');
        keep(RunField.Gpu, parts[0]);
        keep(RunField.GpusPerNode, parts.Length > 1 ? parts[1] : "1");
    }

    /// <summary>Slurm's <c>8</c>, <c>gpu:8</c> or <c>gpu:NAME:8</c>.</summary>
    private static void Gres(string value, Action<RunField, string> keep)
    {
        var parts = value.Split(':');
        ConfigKeys.Read("gpus_per_node", parts[^1], keep);
    }
}
