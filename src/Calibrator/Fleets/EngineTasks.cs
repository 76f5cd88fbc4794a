using SlmPlanner.Data.Engines;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>
/// A probe in the fields of each engine: SkyPilot's task (docs.skypilot.co, reference/yaml-spec), dstack's task (dstack.ai/docs,
/// reference/dstack.yml/task), Kubernetes' Job (kubernetes.io, batch/v1).
/// </summary>
internal static class EngineTasks
{
    /// <summary>Hours after which an engine ends a probe that hangs, beyond its budget.</summary>
    private const double SpareHours = 1;

    /// <summary>A managed job: SkyPilot gives the machine back when it ends, also when it fails.</summary>
    public static object Skypilot(FleetProbe probe, string name, string commands) => new Dictionary<string, object>
    {
        ["name"] = name,
        ["resources"] = new Dictionary<string, object>
        {
            ["infra"] = RentalEngine.SkyPilot.CloudOf(probe.Provider) + (RentalEngine.SkyPilot.RegionOf(probe.Region) is { } region ? $"/{region}" : ""),
            ["instance_type"] = probe.InstanceType,
            ["use_spot"] = probe.Spot,
        },
        ["num_nodes"] = 1,
        ["run"] = commands,
    };

    /// <summary>A task whose machine is not kept for another.</summary>
    public static object Dstack(FleetOrder order, FleetProbe probe, string name, string commands)
    {
        var task = new Dictionary<string, object>
        {
            ["type"] = "task",
            ["name"] = name,
            ["backends"] = new[] { RentalEngine.Dstack.CloudOf(probe.Provider) },
            ["instance_types"] = new[] { probe.InstanceType },
            ["spot_policy"] = probe.Spot ? "spot" : "on-demand",
            ["creation_policy"] = "reuse-or-create",
            ["idle_duration"] = "0s",
            ["max_duration"] = $"{Math.Ceiling(order.Minutes / 60 + SpareHours):0}h",
            ["commands"] = new[] { commands },
        };
        if (RentalEngine.Dstack.RegionOf(probe.Region) is { } region)
            task["regions"] = new[] { region };
        if (probe.Gpus > 0)
            task["resources"] = new Dictionary<string, object> { ["gpu"] = $"{probe.Gpus}" };
        return task;
    }

    /// <summary>A job that is not tried again, and is removed a day after its end.</summary>
    public static object Kubernetes(FleetOrder order, FleetProbe probe, string name, string commands)
    {
        var container = new Dictionary<string, object>
        {
            ["name"] = "calibrate",
            ["image"] = "ubuntu:24.04",
            ["command"] = new[] { "bash", "-c", commands },
        };
        if (probe.Gpus > 0)
            container["resources"] = new Dictionary<string, object>
            {
                ["limits"] = new Dictionary<string, object> { ["nvidia.com/gpu"] = probe.Gpus },
            };
        return new Dictionary<string, object>
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = new Dictionary<string, object> { ["name"] = name,
                ["labels"] = new Dictionary<string, object> { ["fleet"] = order.Id } },
            ["spec"] = new Dictionary<string, object>
            {
                ["backoffLimit"] = 0,
                ["activeDeadlineSeconds"] = (int)(order.Minutes * 60 + SpareHours * 3600),
                ["ttlSecondsAfterFinished"] = 86_400,
                ["template"] = new Dictionary<string, object>
                {
                    ["spec"] = new Dictionary<string, object>
                    {
                        ["restartPolicy"] = "Never",
                        ["nodeSelector"] = new Dictionary<string, object> { ["node.kubernetes.io/instance-type"] = probe.InstanceType },
                        ["containers"] = new object[] { container },
                    },
                },
            },
        };
    }
}

/// <summary>A Slurm script whose array has one task for each machine to measure; none shares its machine.</summary>
internal static class SlurmArray
{
    public static string Write(FleetOrder order, FleetProbe probe, ProbeScript script) => $$"""
        #!/usr/bin/env bash
        #SBATCH --job-name={{probe.Name}}
        #SBATCH --array=0-{{order.Repeats - 1}}
        #SBATCH --nodes=1
        #SBATCH --exclusive
        #SBATCH --time={{Math.Ceiling(order.Minutes + 60):0}}
        #SBATCH --output=%x-%a-%j.log
        {{(probe.Gpus > 0 ? $"#SBATCH --gpus-per-node={probe.Gpus}\n" : "")}}{{script.Write(probe, "$SLURM_ARRAY_TASK_ID")}}
        """;
}
