namespace SlmPlanner.Presentation.Wording;

/// <summary>The parts of a step's time and of a device's memory, and what a cost depends on, by their keys.</summary>
internal static class BreakdownWords
{
    /// <summary>Terms of the step time.</summary>
    public static IReadOnlyDictionary<string, string> StepTerms { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["matmul"] = "matrix multiplies",
        ["logits"] = "logits and loss",
        ["attention"] = "attention",
        ["memory_bound"] = "memory-bound work",
        ["recompute"] = "recomputation",
        ["adapters"] = "adapters and dequantisation",
        ["offload"] = "activations to the host and back",
        ["launch"] = "kernel launches",
        ["optimizer"] = "the optimizer",
        ["communication"] = "exposed communication",
        ["tensor_parallel"] = "tensor-parallel exchanges",
        ["context_parallel"] = "context-parallel ring",
        ["expert_parallel"] = "messages to experts and back",
        ["stage_messages"] = "messages between stages",
        ["pipeline_bubble"] = "pipeline waiting",
        ["fixed"] = "fixed overhead",
    };

    /// <summary>Components of the peak memory.</summary>
    public static IReadOnlyDictionary<string, string> MemoryComponents { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["parameters"] = "parameters",
        ["gradients"] = "gradients",
        ["master_weights"] = "master weights",
        ["optimizer_states"] = "optimizer states",
        ["activations"] = "activations",
        ["logits"] = "logits",
        ["communication"] = "communication buffers",
        ["overhead"] = "overhead",
    };

    /// <summary>Assumptions that the cost of a run is varied by.</summary>
    public static IReadOnlyDictionary<string, string> Factors { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["price"] = "price per hour",
        ["mfu"] = "speed (utilisation)",
        ["tokens"] = "tokens to train on",
        ["stops"] = "failures and interruptions",
        ["start-up"] = "start-up and restart time",
        ["checkpoint-rate"] = "checkpoint write rate",
    };

    /// <summary>A term of the step time; a plan of another version may have terms that are read as they are spelt.</summary>
    public static string StepTerm(string key) => StepTerms.GetValueOrDefault(key) ?? Readable.Words(key);

    /// <summary>A component of the peak memory, the same way.</summary>
    public static string MemoryComponent(string key) => MemoryComponents.GetValueOrDefault(key) ?? Readable.Words(key);

    /// <summary>What a cost depends on, the same way.</summary>
    public static string Factor(string key) => Factors.GetValueOrDefault(key) ?? Readable.Words(key);
}
