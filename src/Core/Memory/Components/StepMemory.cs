using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>One step of a bound shape under a setup: what the components' formulas read.</summary>
internal readonly ref struct StepMemory
{
    public readonly BoundShape Shape;
    public readonly ref readonly TrainingSetup Setup;
    public readonly StateBytes Bytes;
    public readonly ShardedState Sharded;
    public readonly double Tokens;

    public StepMemory(BoundShape shape, in TrainingSetup setup)
    {
        Shape = shape;
        Setup = ref setup;
        Sharded = setup.Mesh.GradientRanks == 1 ? ShardedState.None : setup.Sharded;
        Bytes = StateBytes.Of(setup.Precision, IsFullySharded, shape.Traits);
        Tokens = setup.RankTokens;
    }

    public MemoryTraits Traits => Shape.Traits;

    public MemoryConstants Constants => Shape.Constants;

    /// <summary>True under FSDP and ZeRO-3, whose shards are gathered for use.</summary>
    public bool IsFullySharded => Sharded == ShardedState.Parameters;

    /// <summary>True where full sharding hands out weights in 16 bits.</summary>
    private bool HandsOutNarrow => IsFullySharded && !Traits.AutocastOverShards;

    /// <summary>Bytes of an element of activations.</summary>
    public double Compute => Bytes.Compute;

    /// <summary>Bytes of an element of gathered weights.</summary>
    public double GatheredElement => HandsOutNarrow ? Compute : Bytes.Weights;

    /// <summary>Bytes of an element of the residual stream.</summary>
    public double Residual => ElementBytes.Residual(Setup.Precision, Sharded, Setup.Tuning.Freezes, Traits.Widths);

    /// <summary>Bytes of an element of what a norm saves: autocast runs norms in fp32 whatever it is given.</summary>
    public double NormInput => StateBytes.IsMixed(Setup.Precision) && !Traits.SeparateMasterWeights && !Traits.HalfResidual ? 4 : Compute;

    /// <summary>Bytes of an element of a matrix multiply's saved input: one in 8-bit recipes.</summary>
    public double Input => Setup.Precision.IsNarrow() ? 1 : Compute;

    /// <summary>
    /// Blocks of all micro-batches on their way: those of the model, on a stage of a pipeline its own as often as micro-batches have passed
    /// it and not come back. Under 1F1B one for each stage ahead (Narayanan et al. 2021, section 2.2.1); interleaved on the first of P
    /// stages P + (P − 1)/v, which is L(1 + (P − 1)/(P·v)) blocks (Korthikanti et al. 2022, section 4.2.3). Where the first blocks are
    /// frozen and nothing before them is trained, the last ones alone keep anything: no gradient goes further.
    /// </summary>
    public double Blocks => Shape.Stages > 1 ? (Shape.BackwardBlocks ?? Shape.Layers) * Math.Min(Setup.GradAccum, OnTheWay)
        : Setup.Tuning.Method == TuningMethod.Freeze ? Math.Min(Shape.Layers, Setup.Tuning.TrainedBlocks) : Shape.Layers;

    private double OnTheWay => Setup.Layout.Chunks == 1
        ? Shape.StagesAhead
        : ((2 * (Shape.StagesAhead - 1.0)) + ((Setup.Layout.Chunks - 1) * Shape.Stages) + 1) / Setup.Layout.Chunks;

    /// <summary>
    /// Blocks whose activations are alive at the peak: one where the rest are computed again, or where nothing is kept for gradients; that
    /// one is worked on.
    /// </summary>
    public double KeptBlocks => RecomputesBlocks || !Shape.HasBackward ? 1 : Blocks;

    /// <summary>
    /// Bytes per parameter of autocast's 16-bit copies of fp32 weights, which live until the backward pass; a compiler casts again instead.
    /// </summary>
    public double CastBytes =>
        StateBytes.IsMixed(Setup.Precision) && !Traits.SeparateMasterWeights && !HandsOutNarrow && !Compiles && !Setup.Tuning.Freezes ? 2
        : 0;

    /// <summary>True where a compiler plans what is kept for the backward pass.</summary>
    public bool Compiles => Setup.Compile && !Traits.CompilerKeepsAll;

    /// <summary>Width of keys, and of values, as attention saves them.</summary>
    public double KeptKeyValue => Traits.ExpandsKeys && !Compiles ? Math.Max(Shape.Query, Shape.KeyValue) : Shape.KeyValue;

    /// <summary>True where autocast widens softmax and loss to fp32.</summary>
    public bool Widens => Traits.WideUnderAutocast && StateBytes.IsMixed(Setup.Precision);

    /// <summary>True when a backward pass in stages recomputes one block after the other.</summary>
    public bool IsRecomputedInStages => Traits.StagedBackward && Setup.Recomputation == Recomputation.Full;

    /// <summary>1, or 0 where gradients and optimizer states live in the host's memory.</summary>
    public double OnDevice => IsOnHost ? 0 : 1;

    /// <summary>True where gradients and optimizer states live in the host's memory.</summary>
    public bool IsOnHost => Traits.OptimizerOnHost || Setup.Optimizer.OnHost;

    /// <summary>The rule of the update, AdamW as the stack has it.</summary>
    public OptimizerKind Optimizer => Traits.FusedOptimizer && Setup.Optimizer.Kind == OptimizerKind.AdamW ? OptimizerKind.AdamWFused
        : Setup.Optimizer.Kind;

    /// <summary>Parameters that are trained: adapters, the last blocks, or all.</summary>
    public double Trained => Shape.Trained(Setup.Tuning);

    /// <summary>
    /// Parameters of a state that so many ranks divide, times those ranks; of shared experts what lies among them
    /// (<see cref="Models.ModelPart.Elsewhere"/>).
    /// </summary>
    public double TrainedOver(int ranks) => Shape.Part.Elsewhere(ranks) is > 0 and var elsewhere
        ? Trained - (Shape.TrainedExperts(Setup.Tuning) * elsewhere)
        : Trained;

    /// <summary>The same of parameters that are kept as they are.</summary>
    public double FrozenOver(int ranks)
    {
        var tuning = Setup.Tuning;
        if (!tuning.Freezes)
            return 0;
        var (all, experts) = tuning.HasAdapters ? (Shape.Parameters, Shape.ExpertParameters)
            : (Shape.Parameters - Trained, Shape.ExpertParameters - Shape.TrainedExperts(tuning));
        return all - (experts * Shape.Part.Elsewhere(ranks));
    }

    /// <summary>Bytes of one element of a moment.</summary>
    public double MomentBytes => OptimizerCosts.MomentBytes(Optimizer, Bytes.Moments / 2);

    /// <summary>True where the backward pass computes whole blocks again.</summary>
    public bool RecomputesBlocks => Setup.Recomputation is Recomputation.Full or Recomputation.Selective;

    /// <summary>Bytes of one block alone, its scores included: what is left when its backward pass starts as the last one.</summary>
    public double OneBlock => Tokens * (MemoryComponents.Norms.PerToken(this) + MemoryComponents.Attention.PerToken(this)
        + MemoryComponents.FeedForward.PerToken(this) + MemoryComponents.Scores.PerToken(this) + AdapterInputs);

    /// <summary>
    /// Bytes per token of what adapters read, in one block: mixed precision copies it to the fp32 of the adapters, once for each matrix
    /// (peft, <c>LoraLayer.forward</c>: <c>x.to(lora_A.weight.dtype)</c>).
    /// </summary>
    public double AdapterInputs => Setup.Tuning.HasAdapters && StateBytes.IsMixed(Setup.Precision) && !Setup.Compile
        ? 4 * Shape.AdapterReads(Setup.Tuning.Targets, Setup.ExpertLoad)
        : 0;

    /// <summary>Bytes of activations.</summary>
    public static double Activations(in MemoryBreakdown before) =>
        before[MemoryComponents.Norms] + before[MemoryComponents.Attention] + before[MemoryComponents.FeedForward]
        + before[MemoryComponents.BlockInputs] + before[MemoryComponents.Scores] + before[MemoryComponents.Workspace];

    /// <summary>Bytes that are allocated and freed in every step: activations, logits, gathered weights and buckets.</summary>
    public static double ComesAndGoes(in MemoryBreakdown before) => Activations(before) + before[MemoryComponents.Logits]
        + before[MemoryComponents.Gathered] + before[MemoryComponents.Buffers];

    /// <summary>Bytes that the backward pass frees while gradients grow.</summary>
    public double Freed(in MemoryBreakdown before)
    {
        var activations = Activations(before);
        if (!Traits.StagedBackward)
            return activations + before[MemoryComponents.Logits];
        return activations - OneBlock + before[MemoryComponents.Logits]
            + Math.Max(0, before[MemoryComponents.Copies] - (CastBytes * Shape.BlockParameters));
    }
}
