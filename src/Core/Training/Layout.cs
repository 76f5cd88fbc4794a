namespace SlmPlanner.Core.Training;

/// <summary>How the ranks of a run share work and states, and how they lie on nodes.</summary>
/// <param name="Mesh">The grid of devices. Shards are neighbours, so that a node holds whole groups of them where they fit.</param>
/// <param name="GpusPerNode">Devices of one node, ≥ 1.</param>
/// <param name="Sharded">What shards divide.</param>
/// <param name="ReshardAfterForward">
/// FSDP2's word: true where gathered parameters are freed after the forward pass and gathered again for the backward pass.
/// Says something of sharded parameters alone.
/// </param>
/// <param name="SequenceParallel">True where tensor-parallel ranks divide the rest of a block by tokens (Korthikanti et al. 2022, section
/// 4.2).</param>
/// <param name="Chunks">Parts of consecutive blocks that each stage has: 1 under 1F1B, more when interleaved (Narayanan et al. 2021,
/// section 2.2).</param>
/// <param name="ZeroBubble">True where weights' gradients fill the waiting at the end of a step (Qi et al. 2023, schedule ZB-H1).</param>
/// <param name="BalancedStages">True where the stack counts the output head as the blocks that its multiply weighs; else stages have equal
/// blocks.</param>
public readonly record struct Layout(
    Mesh Mesh,
    int GpusPerNode,
    ShardedState Sharded = ShardedState.None,
    bool ReshardAfterForward = false,
    bool SequenceParallel = false,
    int Chunks = 1,
    bool ZeroBubble = false,
    bool BalancedStages = false)
{
    /// <summary>One device.</summary>
    public static Layout OneDevice { get; } = new(new(1, 1), 1);

    /// <summary>Devices in all.</summary>
    public int Gpus => Mesh.Devices;

    /// <summary>Nodes used: devices over devices per node, rounded up.</summary>
    public int Nodes => (Gpus + GpusPerNode - 1) / GpusPerNode;

    /// <summary>Ranks over which optimizer states and master weights are divided.</summary>
    public int OptimizerRanks => RanksOf(ShardedState.Optimizer);

    /// <summary>Ranks over which gradients are divided.</summary>
    public int GradientRanks => RanksOf(ShardedState.Gradients);

    /// <summary>Ranks over which parameters are divided.</summary>
    public int ParameterRanks => RanksOf(ShardedState.Parameters);

    /// <summary>True under FSDP on several ranks.</summary>
    public bool ShardsParameters => ParameterRanks > 1;

    /// <summary>The common name of what is shared: what groups measurements and picks words.</summary>
    public SchemeName Scheme => Sharded switch
    {
        ShardedState.None => SchemeName.Ddp,
        ShardedState.Optimizer => SchemeName.Zero1,
        ShardedState.Gradients => SchemeName.Zero2,
        _ when !ReshardAfterForward => SchemeName.FsdpGradOp,
        _ => Mesh.Replicas > 1 ? SchemeName.Hsdp : SchemeName.FsdpFull,
    };

    /// <summary>True where ranks share more than data: tensor, pipeline, context or expert parallelism.</summary>
    public bool SplitsModel => Mesh.ModelRanks > 1 || Mesh.Expert > 1;

    /// <summary>True where shards are groups of ranks, each of which has all states.</summary>
    public bool IsGrouped => Mesh is { Replicas: > 1, Shards: > 1 };

    private int RanksOf(ShardedState state) => Sharded >= state ? Mesh.Shards * Mesh.Context : 1;
}
