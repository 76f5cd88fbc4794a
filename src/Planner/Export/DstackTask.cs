using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Engines;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// A dstack task. Its keys are those of TaskConfiguration and ProfileParams (dstack, src/dstack/_internal/core/models), its variables
/// those that the runner sets (runner/internal/executor), read on 2026-11-30.
/// </summary>
internal static class DstackTask
{
    /// <summary>
    /// What dstack's own examples give ranks and loaders of one machine to share (examples/distributed-training/torchrun).
    /// </summary>
    private const string SharedMemory = "16GB";

    /// <summary>The task as YAML.</summary>
    /// <param name="launch">What to run.</param>
    /// <exception cref="Core.InputException">dstack does not rent at the plan's provider.</exception>
    public static string Write(Launch launch) =>
        PlanFacts.Comments(launch) + LaunchYaml.Records.Serialize(Task(launch, launch.Candidate, launch.Script));

    private static Spec Task(Launch launch, Candidate candidate, LaunchScript? script) => new()
    {
        Nodes = candidate.Nodes,
        Env = script is null ? [$"{PlanFacts.IdVariable}={candidate.PlanId}"] : [$"{PlanFacts.IdVariable}={candidate.PlanId}", "DATA"],
        Commands = script is null
            ? [new() { Text = TorchrunScript.Command(launch, "$DSTACK_NODE_RANK", "$DSTACK_MASTER_NODE_IP") }]
            : [new() { Text = script.Install }, new() { Text = "export NODE_RANK=$DSTACK_NODE_RANK MASTER_ADDR=$DSTACK_MASTER_NODE_IP\n"
                + script.Body }],
        Resources = new()
        {
            ["gpu"] = $"{RentalEngine.Dstack.AcceleratorOf(candidate.Gpu, candidate.Provider)}:{candidate.Gpus / candidate.Nodes}",
            ["shm_size"] = SharedMemory,
        },
        Backends = [RentalEngine.Dstack.CloudOf(candidate.Provider)],
        Regions = RentalEngine.Dstack.RegionOf(candidate.Region) is { } region ? [region] : null,
        SpotPolicy = candidate.Spot ? "spot" : "on-demand",
        Retry = candidate.Spot ? new() { ["on_events"] = ["interruption", "error"] } : null,
    };

    /// <summary>The task's fields, in the order in which they are written.</summary>
    internal sealed class Spec
    {
        /// <summary>A run until its end.</summary>
        public string Type { get; set; } = "task";

        /// <summary>Machines.</summary>
        public int Nodes { get; set; }

        /// <summary>Python that is there.</summary>
        [YamlMember(ScalarStyle = ScalarStyle.DoubleQuoted)]
        public string Python { get; set; } = "3.12";

        /// <summary>Environment; a name alone is asked for.</summary>
        public List<string> Env { get; set; } = [];

        /// <summary>Commands, run on every machine.</summary>
        public List<Block> Commands { get; set; } = [];

        /// <summary>What each machine must have.</summary>
        public Dictionary<string, string> Resources { get; set; } = [];

        /// <summary>Where it may be rented: at the plan's price.</summary>
        public List<string> Backends { get; set; } = [];

        /// <summary>In which regions; in any where the plan's offer names none as the cloud does.</summary>
        public List<string>? Regions { get; set; }

        /// <summary>spot or on-demand.</summary>
        public string SpotPolicy { get; set; } = "";

        /// <summary>When the run is started again.</summary>
        public Dictionary<string, string[]>? Retry { get; set; }
    }

    /// <summary>A command of several lines.</summary>
    internal sealed class Block : IYamlConvertible
    {
        /// <summary>The lines.</summary>
        public string Text { get; set; } = "";

        /// <inheritdoc/>
        public void Read(IParser parser, Type expectedType, ObjectDeserializer nestedObjectDeserializer) =>
            throw new NotSupportedException();

        /// <inheritdoc/>
        public void Write(IEmitter emitter, ObjectSerializer nestedObjectSerializer) =>
            emitter.Emit(new YamlDotNet.Core.Events.Scalar(null, null, Text, ScalarStyle.Literal, true, false));
    }
}
