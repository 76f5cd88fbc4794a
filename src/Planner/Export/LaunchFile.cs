using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// Turns a plan into the file that starts it. Every format carries the plan's GPU, nodes, micro-batch, accumulation,
/// precision, sharding, recomputation and attention: as settings where the format has them, else as named facts that
/// the training script or a person reads. A format that can't do what the plan says refuses.
/// </summary>
internal static class LaunchFile
{
    /// <summary>
    /// The text of the launch file for the recommendation of <paramref name="plan"/>. It carries the plan's id; for a plan that was
    /// saved before plans had one, the id is worked out here.
    /// </summary>
    /// <exception cref="InputException">There is no recommendation, or the format can't express it.</exception>
    public static string Write(PlanResult plan, LaunchFormat format)
    {
        var recommendation = plan.Recommendation
            ?? throw new InputException("the plan has no recommendation to export: no candidate kept the limits");
        var candidate = recommendation with { PlanId = recommendation.PlanId ?? PlanId.Of(plan.Request, recommendation) };
        return format switch
        {
            LaunchFormat.SkyPilot => SkyPilotTask.Write(candidate),
            LaunchFormat.Slurm => SlurmScript.Write(candidate),
            LaunchFormat.Torchrun => TorchrunScript.Write(candidate),
            LaunchFormat.Accelerate => AccelerateConfig.Write(candidate),
            LaunchFormat.Torchtitan => TorchtitanConfig.Write(candidate),
            LaunchFormat.Deepspeed => DeepspeedConfig.Write(candidate),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
    }

    /// <summary>The usual name of a format's file.</summary>
    public static string NameOf(LaunchFormat format) => format switch
    {
        LaunchFormat.SkyPilot => "skypilot.yaml",
        LaunchFormat.Slurm => "slurm.sh",
        LaunchFormat.Torchrun => "torchrun.sh",
        LaunchFormat.Accelerate => "accelerate.yaml",
        LaunchFormat.Torchtitan => "torchtitan.toml",
        LaunchFormat.Deepspeed => "deepspeed.json",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
