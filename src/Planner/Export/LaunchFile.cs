using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// Turns a plan into the file that starts it. Every format carries the plan's GPU, nodes, micro-batch, accumulation,
/// precision, sharding, recomputation, attention and recipe: as settings where the format has them, else as named facts that
/// the training script or a person reads. A format that can't do what the plan says refuses.
/// </summary>
internal static class LaunchFile
{
    /// <summary>
    /// The text of the launch file for the recommendation of <paramref name="plan"/>. It carries the plan's id; for a plan that was
    /// saved before plans had one, the id is worked out here.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="format">The format.</param>
    /// <param name="trainer">Makes the script of a training program; null for a script of the user's own.</param>
    /// <exception cref="InputException">There is no recommendation, or the format can't express it.</exception>
    public static string Write(PlanResult plan, LaunchFormat format, Func<Candidate, LaunchScript>? trainer = null)
    {
        var candidate = Chosen(plan);
        if (trainer is not null && !IsLauncher(format))
            throw new InputException($"--to is {Word(format)}, a trainer's own configuration, allowed with --trainer: "
                + string.Join(", ", Enum.GetValues<LaunchFormat>().Where(IsLauncher).Select(Word)));
        if (!IsLauncher(format))
            Refuse(candidate, format);
        var launch = trainer is null ? new Launch(candidate, plan.Recipe) : new Launch(candidate, Script: trainer(candidate));
        return format == LaunchFormat.SkyPilot ? SkyPilotTask.Write(launch, plan.SpotPolicy) : Of(format).Write(launch);
    }

    /// <summary>True of a file that starts any program; false of one training program's own configuration.</summary>
    private static bool IsLauncher(LaunchFormat format) =>
        format is not (LaunchFormat.Accelerate or LaunchFormat.Torchtitan or LaunchFormat.Deepspeed);

    private static string Word(LaunchFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>No such configuration has a setting for a loss in chunks or for activations in the host's memory.</summary>
    private static void Refuse(Candidate candidate, LaunchFormat format)
    {
        var name = Word(format);
        if (candidate.Loss is { } loss)
            throw new InputException($"{name} has no setting for loss {Core.Text.DeclaredName.Of(loss)}: plan with --loss whole, or export "
                + "to torchrun, whose script can have it, or with --trainer trl");
        if (candidate.Offload is { } offload)
            throw new InputException($"{name} has no setting to offload {Core.Text.DeclaredName.Of(offload)}: plan with --offload none, or "
                + "export to torchrun, whose script can have it, or with --trainer trl");
    }

    /// <summary>The recommendation with its id.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Candidate Chosen(PlanResult plan)
    {
        var recommendation = plan.Recommendation
            ?? throw new InputException("the plan has no recommendation to export: no candidate kept the limits");
        return recommendation with { PlanId = recommendation.PlanId ?? PlanId.Of(plan.Request, recommendation) };
    }

    /// <summary>The usual name of a format's file.</summary>
    public static string NameOf(LaunchFormat format) => Of(format).Name;

    /// <summary>The one place that knows all formats.</summary>
    private static (string Name, Func<Launch, string> Write) Of(LaunchFormat format) => format switch
    {
        LaunchFormat.SkyPilot => ("skypilot.yaml", launch => SkyPilotTask.Write(launch)),
        LaunchFormat.Slurm => ("slurm.sh", SlurmScript.Write),
        LaunchFormat.Torchrun => ("torchrun.sh", TorchrunScript.Write),
        LaunchFormat.Accelerate => ("accelerate.yaml", AccelerateConfig.Write),
        LaunchFormat.Torchtitan => ("torchtitan.toml", TorchtitanConfig.Write),
        LaunchFormat.Deepspeed => ("deepspeed.json", DeepspeedConfig.Write),
        LaunchFormat.Dstack => ("dstack.yaml", DstackTask.Write),
        LaunchFormat.Kubernetes => ("kubernetes.yaml", KubernetesJob.Write),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
