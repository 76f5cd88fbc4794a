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
        return Of(format).Write(candidate);
    }

    /// <summary>The usual name of a format's file.</summary>
    public static string NameOf(LaunchFormat format) => Of(format).Name;

    /// <summary>The one place that knows all formats.</summary>
    private static (string Name, Func<Candidate, string> Write) Of(LaunchFormat format) => format switch
    {
        LaunchFormat.SkyPilot => ("skypilot.yaml", SkyPilotTask.Write),
        LaunchFormat.Slurm => ("slurm.sh", SlurmScript.Write),
        LaunchFormat.Torchrun => ("torchrun.sh", TorchrunScript.Write),
        LaunchFormat.Accelerate => ("accelerate.yaml", AccelerateConfig.Write),
        LaunchFormat.Torchtitan => ("torchtitan.toml", TorchtitanConfig.Write),
        LaunchFormat.Deepspeed => ("deepspeed.json", DeepspeedConfig.Write),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
