namespace SlmPlanner.Core.Training;

/// <summary>The devices of a run as a grid: every device has one place on each axis, and the product of the axes is their number.</summary>
/// <param name="Replicas">Data-parallel groups that each hold the whole model, ≥ 1.</param>
/// <param name="Shards">Data-parallel ranks that share one copy of what is sharded, ≥ 1.</param>
/// <param name="Tensor">Ranks that share each multiply, ≥ 1.</param>
/// <param name="Pipeline">Stages of blocks, ≥ 1.</param>
/// <param name="Context">Ranks that share each sequence, ≥ 1. They share sharded states as data-parallel ranks do.</param>
/// <param name="Expert">
/// Ranks that share the experts of a block, ≥ 1: a divisor of <see cref="GradientRanks"/>, no axis of its own, since such ranks see
/// different tokens. They are neighbours among those: ranks that share a sequence come first (Megatron-LM, torchtitan).
/// </param>
public readonly record struct Mesh(int Replicas, int Shards, int Tensor = 1, int Pipeline = 1, int Context = 1, int Expert = 1)
{
    /// <summary>Ranks that each see other tokens, replicas × shards.</summary>
    public int DataRanks => Replicas * Shards;

    /// <summary>Ranks among which one replica's work on a batch is split otherwise than by tokens.</summary>
    public int ModelRanks => Tensor * Pipeline * Context;

    /// <summary>Ranks that add up gradients of the same parameters: those that see other tokens or other parts of a sequence.</summary>
    public int GradientRanks => DataRanks * Context;

    /// <summary>All devices.</summary>
    public int Devices => DataRanks * ModelRanks;

    /// <summary>
    /// Ranks that share the states of the same experts: those of a group that are left when experts are shared. A group no larger than
    /// the ranks that share experts leaves one.
    /// </summary>
    internal int ExpertShards => Math.Max(1, Shards * Context / Expert);

    /// <summary>Such groups that have the same experts.</summary>
    internal int ExpertReplicas => GradientRanks / (Expert * ExpertShards);

    /// <summary>True where groups of shards hold whole sets of experts, or sets of experts whole groups.</summary>
    internal bool NestsExperts => Shards * Context % Expert == 0 || Expert % (Shards * Context) == 0;

    /// <summary>
    /// Groups in which a device talks to others, each of which has buffers of its own: one for gradients, one more where shards have
    /// replicas, one for each other axis, and where experts are shared one for the gradients of those. torchtitan makes that one as the
    /// dimension dp_shard_in_ep of a mesh of its own (parallel_dims.py), Megatron-LM as its expert data-parallel group (recalled).
    /// </summary>
    internal int Communicators => Count(GradientRanks) + (Replicas > 1 ? Count(Shards * Context) : 0) + Count(Tensor) + Count(Pipeline)
        + Count(Context) + Count(Expert) + (Expert > 1 ? Count(GradientRanks / Expert) : 0);

    private static int Count(int ranks) => ranks > 1 ? 1 : 0;
}

/// <summary>An axis of the mesh: a collective runs among the devices that differ in their place on it alone.</summary>
internal enum MeshAxis
{
    /// <summary>Replicas, shards and context together: all ranks that add up gradients of the same parameters.</summary>
    Data,

    /// <summary>Copies of the same shard.</summary>
    Replicas,

    /// <summary>Shards of one replica, with the ranks that share its sequences.</summary>
    Shards,

    /// <summary>Ranks that share each multiply.</summary>
    Tensor,

    /// <summary>Ranks that share each sequence.</summary>
    Context,

    /// <summary>Ranks that share the experts of a block.</summary>
    Expert,

    /// <summary>Ranks that have the same experts of a block: they add up the gradients of those.</summary>
    ExpertCopies,

    /// <summary>Of those the ranks that share one copy of their states.</summary>
    ExpertShards,

    /// <summary>Copies of the same share of the same experts' states.</summary>
    ExpertReplicas,

    /// <summary>A stage and the next.</summary>
    Neighbours,

    /// <summary>The first stage and the last, which both hold a table that is tied.</summary>
    Ends,
}

/// <summary>
/// What the shards of a replica divide among them; each state includes the ones before it (Rajbhandari et al. 2020, stages 1 to 3).
/// </summary>
public enum ShardedState
{
    /// <summary>Nothing: every rank holds everything (DDP).</summary>
    None,

    /// <summary>Optimizer states and master weights (ZeRO-1).</summary>
    Optimizer,

    /// <summary>Gradients too (ZeRO-2).</summary>
    Gradients,

    /// <summary>Parameters too (ZeRO-3, FSDP).</summary>
    Parameters,
}
