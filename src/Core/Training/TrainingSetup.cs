namespace SlmPlanner.Core.Training;

/// <summary>One way to run one training step: everything besides the model, the device and the software stack.</summary>
/// <param name="SeqLen">Tokens per sequence, s ≥ 1.</param>
/// <param name="MicroBatch">Sequences per rank and forward pass, ≥ 1.</param>
/// <param name="GradAccum">Micro-batches per optimizer step, ≥ 1.</param>
/// <param name="Gpus">Data-parallel ranks in all, ≥ 1.</param>
/// <param name="GpusPerNode">Ranks that share one node, ≥ 1.</param>
/// <param name="Parallelism">How ranks share the model's states.</param>
/// <param name="Precision">The number format recipe.</param>
/// <param name="Attention">The attention kernel.</param>
/// <param name="Recomputation">What the backward pass computes again.</param>
/// <param name="Compile">True when a compiler fuses kernels (torch.compile, XLA).</param>
public readonly record struct TrainingSetup(
    int SeqLen,
    int MicroBatch,
    int GradAccum,
    int Gpus,
    int GpusPerNode,
    Parallelism Parallelism,
    Precision Precision,
    AttentionKind Attention,
    Recomputation Recomputation,
    bool Compile)
{
    /// <summary>Ranks of the groups in which ZeRO-1 divides optimizer states, each group having all of them; 0: all ranks are one group.</summary>
    public int Zero1Ranks { get; init; }

    /// <summary>Ranks over which optimizer states are divided.</summary>
    public int StateRanks => OptimizerRanks;

    /// <summary>Ranks over which optimizer states and the master copy are divided.</summary>
    public int OptimizerRanks => Parallelism switch
    {
        Parallelism.Ddp => 1,
        Parallelism.Hsdp => Math.Min(Gpus, GpusPerNode),
        Parallelism.Zero1 when Zero1Ranks > 0 => Math.Min(Gpus, Zero1Ranks),
        _ => Gpus,
    };

    /// <summary>Ranks over which gradients are divided.</summary>
    public int GradientRanks => Parallelism is Parallelism.Ddp or Parallelism.Zero1 ? 1 : OptimizerRanks;

    /// <summary>Ranks over which parameters are divided.</summary>
    public int ParameterRanks => Parallelism is Parallelism.FsdpGradOp or Parallelism.FsdpFull or Parallelism.Hsdp ? OptimizerRanks : 1;

    /// <summary>Nodes used: ranks over ranks per node, rounded up.</summary>
    public int Nodes => (Gpus + GpusPerNode - 1) / GpusPerNode;

    /// <summary>Tokens of one micro-batch on one rank.</summary>
    public double TokensPerMicroBatch => (double)SeqLen * MicroBatch;

    /// <summary>Tokens of one optimizer step over all ranks: the global batch.</summary>
    public double TokensPerStep => TokensPerMicroBatch * GradAccum * Gpus;
}
