using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Data.Engines;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace SlmPlanner.Planner.Export;

/// <summary>A SkyPilot task (docs.skypilot.co, reference/yaml-spec).</summary>
internal static class SkyPilotTask
{
    private const string Checkpoints = "/checkpoints";

    /// <summary>The task as YAML.</summary>
    /// <param name="launch">What to run.</param>
    /// <param name="policy">Spot and on demand under a deadline, for a managed job; null to rent as planned.</param>
    /// <exception cref="Core.InputException">SkyPilot does not rent at the plan's provider.</exception>
    public static string Write(Launch launch, SpotPolicyEstimate? policy = null)
    {
        var (candidate, script) = (launch.Candidate, launch.Script);
        var cloud = RentalEngine.SkyPilot.CloudOf(candidate.Provider);
        var region = RentalEngine.SkyPilot.RegionOf(candidate.Region);
        var persists = candidate.Spot || policy is not null;
        const string Ranks = "export NODE_RANK=$SKYPILOT_NODE_RANK\n";
        var task = new TaskSpec
        {
            Name = JobName(candidate.Model),
            NumNodes = candidate.Nodes,
            Resources = new()
            {
                Infra = region is null ? cloud : $"{cloud}/{region}",
                Accelerators = $"{RentalEngine.SkyPilot.AcceleratorOf(candidate.Gpu, candidate.Provider)}:{candidate.Gpus / candidate.Nodes}",
                UseSpot = policy is null ? candidate.Spot : null,
                Ordered = policy is null ? null : [new() { ["use_spot"] = true }, new() { ["use_spot"] = false }],
                JobRecovery = candidate.Spot || policy is not null ? "FAILOVER" : null,
            },
            Envs = script is null
                ? new() { ["TRAIN_SCRIPT"] = "train.py", [PlanFacts.IdVariable] = candidate.PlanId! }
                : new() { ["DATA"] = "", [PlanFacts.IdVariable] = candidate.PlanId! },
            FileMounts = script is null || !persists ? null : new()
            {
                [Checkpoints] = new() { ["name"] = $"slm-plan-{candidate.PlanId}", ["mode"] = "MOUNT" },
            },
            Setup = script?.Install,
            Run = $"{(script is null ? "" : "export ")}MASTER_ADDR=$(echo \"$SKYPILOT_NODE_IPS\" | head -n 1)\n"
                + (script is null ? TorchrunScript.Command(launch, "$SKYPILOT_NODE_RANK", "$MASTER_ADDR") + "\n"
                    : Ranks + (persists ? $"export OUT={Checkpoints}\n" : "") + script.Body),
        };
        return PlanFacts.Comments(launch) + Comments(policy) + LaunchYaml.Records.Serialize(task);
    }

    /// <summary>SkyPilot can't watch a deadline: the hour at which to change over is for a person, or a timer.</summary>
    private static string Comments(SpotPolicyEstimate? policy) => policy is null ? ""
        : string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"""
        # As a managed job (sky jobs launch) this takes spot machines first and on-demand machines where there are none.
        # Deadline: {policy.DeadlineHours:0.#} h after the start. Slack at the start: {policy.SlackHours:0.#} h.
        # Once waiting and lost work have used up all of it but {policy.ReserveHours:0.##} h: sky jobs cancel, then launch again with --no-use-spot.

        """).ReplaceLineEndings("\n");

    private static string JobName(string model) =>
        new([.. model.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')]);

    /// <summary>The task's fields, in the order in which they are written.</summary>
    internal sealed class TaskSpec
    {
        /// <summary>Name of the job.</summary>
        public string Name { get; set; } = "";

        /// <summary>Machines.</summary>
        public int NumNodes { get; set; }

        /// <summary>What each machine must have.</summary>
        public ResourceSpec Resources { get; set; } = new();

        /// <summary>Environment of the commands.</summary>
        public Dictionary<string, string> Envs { get; set; } = [];

        /// <summary>What is mounted where: a bucket for checkpoints, so that a machine that is taken away loses none.</summary>
        public Dictionary<string, Dictionary<string, string>>? FileMounts { get; set; }

        /// <summary>Commands that install what the run needs.</summary>
        [YamlMember(ScalarStyle = ScalarStyle.Literal)]
        public string? Setup { get; set; }

        /// <summary>Commands, run on every machine.</summary>
        [YamlMember(ScalarStyle = ScalarStyle.Literal)]
        public string Run { get; set; } = "";
    }

    /// <summary>What each machine must have.</summary>
    internal sealed class ResourceSpec
    {
        /// <summary>cloud or cloud/region.</summary>
        public string Infra { get; set; } = "";

        /// <summary>NAME:COUNT.</summary>
        public string Accelerators { get; set; } = "";

        /// <summary>True for interruptible machines.</summary>
        public bool? UseSpot { get; set; }

        /// <summary>Ways to rent, tried in this order each time the job is placed.</summary>
        public List<Dictionary<string, bool>>? Ordered { get; set; }

        /// <summary>What is done when a machine is taken away; none on demand.</summary>
        public string? JobRecovery { get; set; }
    }
}
