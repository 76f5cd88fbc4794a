using SlmPlanner.Core.Planning.Results;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// A Kubernetes job with one pod for each machine, and the service by which the pods find the first of them (batch/v1 Job with
/// <c>completionMode: Indexed</c>). Checkpoints go to the volume claim <c>slm-plan-checkpoints</c>.
/// </summary>
internal static class KubernetesJob
{
    private const int Port = 29500;
    private static readonly ISerializer Yaml = LaunchYaml.Building()
        .WithEventEmitter(next => new LiteralBlocks(next)).Build();

    /// <summary>The two objects as YAML.</summary>
    /// <param name="launch">What to run.</param>
    public static string Write(Launch launch)
    {
        var name = Name(launch.Candidate);
        return PlanFacts.Comments(launch) + Yaml.Serialize(Service(name)) + "---\n" + Yaml.Serialize(Job(name, launch, launch.Candidate));
    }

    private static Dictionary<string, object> Service(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new Dictionary<string, object> { ["name"] = name },
        ["spec"] = new Dictionary<string, object>
        {
            ["clusterIP"] = "None",
            ["selector"] = new Dictionary<string, object> { ["job-name"] = name },
            ["ports"] = new[] { new Dictionary<string, object> { ["port"] = Port } },
        },
    };

    private static Dictionary<string, object> Job(string name, Launch launch, Candidate candidate) => new()
    {
        ["apiVersion"] = "batch/v1",
        ["kind"] = "Job",
        ["metadata"] = new Dictionary<string, object> { ["name"] = name,
            ["annotations"] = new Dictionary<string, object> { ["slm-plan/plan-id"] = candidate.PlanId! } },
        ["spec"] = new Dictionary<string, object>
        {
            ["completions"] = candidate.Nodes,
            ["parallelism"] = candidate.Nodes,
            ["completionMode"] = "Indexed",
            ["backoffLimit"] = 100,
            ["template"] = new Dictionary<string, object>
            {
                ["spec"] = new Dictionary<string, object>
                {
                    ["subdomain"] = name,
                    ["restartPolicy"] = "Never",
                    ["containers"] = new[] { Container(name, launch, candidate) },
                    ["volumes"] = new[]
                    {
                        new Dictionary<string, object>
                        {
                            ["name"] = "checkpoints",
                            ["persistentVolumeClaim"] = new Dictionary<string, object> { ["claimName"] = "slm-plan-checkpoints" },
                        },
                        new() { ["name"] = "memory", ["emptyDir"] = new Dictionary<string, object> { ["medium"] = "Memory" } },
                    },
                },
            },
        },
    };

    private static Dictionary<string, object> Container(string name, Launch launch, Candidate candidate) => new()
    {
        ["name"] = "train",
        ["image"] = "pytorch/pytorch:latest",
        ["command"] = new object[] { "bash", "-c", Command(name, launch) },
        ["env"] = new[]
        {
            new Dictionary<string, object> { ["name"] = PlanFacts.IdVariable, ["value"] = candidate.PlanId! },
            new() { ["name"] = "DATA", ["value"] = "" },
            new() { ["name"] = "OUT", ["value"] = $"/checkpoints/{candidate.PlanId}" },
        },
        ["resources"] = new Dictionary<string, object>
        {
            ["limits"] = new Dictionary<string, object> { ["nvidia.com/gpu"] = candidate.Gpus / candidate.Nodes },
        },
        ["volumeMounts"] = new[]
        {
            new Dictionary<string, object> { ["name"] = "checkpoints", ["mountPath"] = "/checkpoints" },
            new() { ["name"] = "memory", ["mountPath"] = "/dev/shm" },
        },
    };

    private static string Command(string name, Launch launch)
    {
        var first = $"{name}-0.{name}";
        return launch.Script is not { } script
            ? TorchrunScript.Command(launch, "$JOB_COMPLETION_INDEX", first) + "\n"
            : $"set -euo pipefail\nexport NODE_RANK=$JOB_COMPLETION_INDEX MASTER_ADDR={first}\n{script.Install}{script.Body}";
    }

    /// <summary>A name as DNS has it: letters, digits and dashes.</summary>
    private static string Name(Candidate candidate) =>
        "slm-plan-" + new string([.. candidate.PlanId!.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);

    /// <summary>Texts of several lines as literal blocks, which people can read.</summary>
    private sealed class LiteralBlocks(IEventEmitter next) : YamlDotNet.Serialization.EventEmitters.ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && text.Contains('\n', StringComparison.Ordinal))
                emitter.Emit(new Scalar(null, null, text, ScalarStyle.Literal, true, false));
            else
                base.Emit(eventInfo, emitter);
        }
    }
}
