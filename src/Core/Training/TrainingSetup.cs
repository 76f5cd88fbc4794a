namespace SlmPlanner.Core.Training;

/// <summary>One way to run one training step: everything besides the model, the device and the software stack.</summary>
/// <param name="SeqLen">Tokens per sequence, s ≥ 1.</param>
/// <param name="MicroBatch">Sequences per data-parallel rank and forward pass, ≥ 1.</param>
/// <param name="GradAccum">Micro-batches per optimizer step, ≥ 1.</param>
/// <param name="Layout">How ranks share work and states.</param>
/// <param name="Precision">The number format recipe.</param>
/// <param name="Attention">The attention kernel.</param>
/// <param name="Recomputation">What the backward pass computes again.</param>
/// <param name="Compile">True when a compiler fuses kernels (torch.compile, XLA).</param>
public readonly record struct TrainingSetup(
    int SeqLen,
    int MicroBatch,
    int GradAccum,
    Layout Layout,
    Precision Precision,
    AttentionKind Attention,
    Recomputation Recomputation,
    bool Compile)
{
    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; init; }

    /// <summary>Which parameters are trained; all of them by default.</summary>
    public Tuning Tuning { get; init; }

    /// <summary>Share of the positions of a sequence that no token fills, 0 to 1: padding, or what packing leaves open.</summary>
    public double EmptyShare { get; init; }

    /// <summary>True where gradients stay allocated from step to step: zeroed, not freed.</summary>
    public bool KeepsGradients { get; init; }

    /// <summary>How output head and loss go over the tokens of a micro-batch; as the stack has it by default.</summary>
    public LossChunking Loss { get; init; }

    /// <summary>
    /// Sequences per device of an evaluation between steps, counted as <see cref="MicroBatch"/> is; 0 for none that is counted.
    /// </summary>
    public int EvalBatch { get; init; }

    /// <summary>What waits in the host's memory; nothing by default. Says something of full recomputation alone.</summary>
    public Offload Offload { get; init; }

    /// <summary>
    /// Tokens of the fullest rank over those of the average one, ≥ 1, where ranks share the experts; 0 for <see cref="UsualImbalance"/>.
    /// </summary>
    public double ExpertImbalance { get; init; }

    /// <summary>
    /// Imbalance where none is stated: the capacity factor at which Switch Transformers train well (Fedus et al. 2022, section 2.2 and
    /// table 1, recalled: 1.0 to 2.0 were tried, 1.25 is a common choice). Losses that balance, or biases that do, keep it lower.
    /// </summary>
    public const double UsualImbalance = 1.25;

    /// <summary>Tokens that experts of the slowest rank pass over those of the average one; 1 where no ranks share them.</summary>
    public double ExpertLoad => Mesh.Expert == 1 ? 1 : ExpertImbalance > 0 ? ExpertImbalance : UsualImbalance;

    /// <summary>True where inputs of recomputed blocks wait in the host's memory.</summary>
    public bool KeepsInputsOnHost => Offload == Offload.Activations && Recomputation == Recomputation.Full;

    /// <summary>The grid of devices.</summary>
    public Mesh Mesh => Layout.Mesh;

    /// <summary>What shards divide.</summary>
    public ShardedState Sharded => Layout.Sharded;

    /// <summary>Whether gathered parameters are freed after the forward pass.</summary>
    public bool ReshardAfterForward => Layout.ReshardAfterForward;

    /// <summary>Devices in all.</summary>
    public int Gpus => Layout.Gpus;

    /// <summary>Devices of one node.</summary>
    public int GpusPerNode => Layout.GpusPerNode;

    /// <summary>Nodes used, whole ones.</summary>
    public int Nodes => Layout.Nodes;

    /// <summary>Ranks over which optimizer states and master weights are divided.</summary>
    public int OptimizerRanks => Layout.OptimizerRanks;

    /// <summary>Ranks over which gradients are divided.</summary>
    public int GradientRanks => Layout.GradientRanks;

    /// <summary>Ranks over which parameters are divided.</summary>
    public int ParameterRanks => Layout.ParameterRanks;

    /// <summary>Tokens of one micro-batch: of one data-parallel rank, or of all ranks that share its model.</summary>
    public double TokensPerMicroBatch => (double)SeqLen * MicroBatch;

    /// <summary>Those of them that one rank has, its part of each sequence.</summary>
    public double RankTokens => TokensPerMicroBatch / Mesh.Context;

    /// <summary>Tokens of one optimizer step for each device.</summary>
    public double TokensPerDevice => TokensPerMicroBatch * GradAccum / Mesh.ModelRanks;

    /// <summary>Positions of one optimizer step over all data-parallel ranks, empty ones too.</summary>
    public double PositionsPerStep => TokensPerMicroBatch * GradAccum * Mesh.DataRanks;

    /// <summary>Tokens of one optimizer step over all data-parallel ranks: the global batch.</summary>
    public double TokensPerStep => PositionsPerStep * (1 - EmptyShare);
}
