using SlmPlanner.Data.Files;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>An engine that starts machines, runs a script on each and gives them back.</summary>
internal enum FleetEngine
{
    /// <summary>SkyPilot managed jobs.</summary>
    Skypilot,

    /// <summary>dstack tasks.</summary>
    Dstack,

    /// <summary>An array of jobs of a Slurm cluster.</summary>
    Slurm,

    /// <summary>Jobs of a Kubernetes cluster.</summary>
    Kubernetes,
}

/// <summary>The files of a fleet for each engine, and how to start them.</summary>
internal static class FleetFiles
{
    /// <summary>Multi-line texts stand as they are.</summary>
    private static readonly ISerializer Yaml = new SerializerBuilder()
        .WithNamingConvention(NullNamingConvention.Instance)
        .WithQuotingNecessaryStrings()
        .WithDefaultScalarStyle(ScalarStyle.Any)
        .WithNewLine("\n")
        .Build();

    /// <summary>One file for each machine kind, one that starts them all, and <c>fleet.json</c>.</summary>
    public static IEnumerable<FolderFile> Of(FleetOrder order, FleetEngine engine)
    {
        yield return FolderFile.Text("fleet.json",
            System.Text.Json.JsonSerializer.Serialize(order.Manifest, FleetJson.Default.FleetManifest) + "\n");
        var script = new ProbeScript(order);
        foreach (var probe in order.Probes)
        {
            if (engine == FleetEngine.Slurm)
            {
                yield return FolderFile.Text($"{probe.Name}.sbatch", SlurmArray.Write(order, probe, script));
                continue;
            }
            for (var turn = 0; turn < order.Repeats; turn++)
            {
                var name = FleetManifest.ResultName(probe.Name, turn);
                var commands = script.Write(probe, $"{turn}");
                yield return FolderFile.Text($"{name}.{Extension(engine)}",
                    $"# Probe {name} of fleet {order.Id}.\n" + Yaml.Serialize(engine switch
                {
                    FleetEngine.Skypilot => EngineTasks.Skypilot(probe, name, commands),
                    FleetEngine.Dstack => EngineTasks.Dstack(order, probe, name, commands),
                    FleetEngine.Kubernetes => EngineTasks.Kubernetes(order, probe, name, commands),
                    _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, null),
                }));
            }
        }
        yield return FolderFile.Text("start.sh", Start(order, engine));
    }

    private static string Extension(FleetEngine engine) => engine == FleetEngine.Dstack ? "dstack.yml" : "yaml";

    private static string Start(FleetOrder order, FleetEngine engine)
    {
        var names = engine == FleetEngine.Slurm ? order.Probes.Select(probe => probe.Name) : order.Manifest.Expected;
        return $"#!/usr/bin/env bash\n# Starts the probes of fleet {order.Id} side by side. Afterwards: slm-calibrate collect "
            + $"{order.Upload}\n"
            + "set -euo pipefail\ncd \"$(dirname \"$0\")\"\n"
            + string.Concat(names.Select(name => engine switch
            {
                FleetEngine.Skypilot => $"sky jobs launch -y -d -n {name} {name}.yaml\n",
                FleetEngine.Dstack => $"dstack apply -y -d -f {name}.dstack.yml\n",
                FleetEngine.Slurm => $"sbatch {name}.sbatch\n",
                _ => $"kubectl apply -f {name}.yaml\n",
            }));
    }
}
