using SlmPlanner.Core.Planning.Results;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SlmPlanner.Planner.Export;

/// <summary>A SkyPilot task (docs.skypilot.co, reference/yaml-spec).</summary>
internal static class SkyPilotTask
{
    private const string AnyRegion = "any";

    /// <summary>Built once, since building takes milliseconds; safe to share between threads since YamlDotNet 16.1.</summary>
    private static readonly ISerializer Yaml = new SerializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithQuotingNecessaryStrings()
        .WithNewLine("\n")
        .Build();

    /// <summary>The task as YAML.</summary>
    public static string Write(Candidate candidate)
    {
        var task = new TaskSpec
        {
            Name = JobName(candidate.Model),
            NumNodes = candidate.Nodes,
            Resources = new()
            {
                Infra = candidate.Region == AnyRegion ? candidate.Provider : $"{candidate.Provider}/{candidate.Region}",
                Accelerators = $"{SkyPilotNames.Of(candidate.Gpu)}:{candidate.Gpus / candidate.Nodes}",
                UseSpot = candidate.Spot,
            },
            Envs = new() { ["TRAIN_SCRIPT"] = "train.py", [PlanFacts.IdVariable] = candidate.PlanId! },
            Run = $"MASTER_ADDR=$(echo \"$SKYPILOT_NODE_IPS\" | head -n 1)\n"
                + TorchrunScript.Command(candidate, "$SKYPILOT_NODE_RANK", "$MASTER_ADDR") + "\n",
        };
        return PlanFacts.Comments(candidate) + Yaml.Serialize(task);
    }

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
        public bool UseSpot { get; set; }
    }
}
