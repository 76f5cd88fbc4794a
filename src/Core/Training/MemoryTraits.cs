namespace SlmPlanner.Core.Training;


/// <summary>
/// What a software stack does that its memory shows. The default, all false, is eager PyTorch with autocast as Hugging
/// Face models run it: the stack assumed where none is named. Each trait was read in the stack's code or manual; none is fitted.
/// </summary>
public sealed record MemoryTraits
{
    /// <summary>The default: an unknown stack.</summary>
    public static MemoryTraits Unknown { get; } = new();

    /// <summary>The same with a library's fused kernels and loss in place of its own.</summary>
    /// <param name="kernels">Traits of a stack with the library; null leaves all as it is.</param>
    public MemoryTraits With(MemoryTraits? kernels) => kernels is null ? this : this with
    {
        FusedNorms = FusedNorms || kernels.FusedNorms, FusedActivation = FusedActivation || kernels.FusedActivation, Loss = kernels.Loss,
    };

    /// <summary>
    /// True when "bf16" without more means pure bfloat16 in this stack; false for mixed. Read by those who parse such rows.
    /// </summary>
    public bool PureBf16 { get; init; }

    /// <summary>
    /// True when mixed precision keeps 16-bit weights and a separate fp32 master copy (Megatron, DeepSpeed, nanotron);
    /// false when the weights themselves are fp32 and autocast makes 16-bit copies (PyTorch).
    /// </summary>
    public bool SeparateMasterWeights { get; init; }

    /// <summary>With separate master weights: true when gradients accumulate in 16 bits, false for fp32 main gradients.</summary>
    public bool HalfGradients { get; init; }

    /// <summary>The same as bytes of what is kept and sent.</summary>
    public StackWidths Widths => new(SeparateMasterWeights, SeparateMasterWeights && HalfGradients ? 2 : null)
    {
        HalfResidual = HalfResidual, AutocastOverShards = AutocastOverShards,
    };

    /// <summary>
    /// True when gradients stay allocated between steps; otherwise the first backward pass grows them as activations shrink.
    /// </summary>
    public bool PersistentGradients { get; init; }

    /// <summary>
    /// True when the training loop frees gradients after each step (<c>set_to_none=True</c>) whatever PyTorch does by default: before 2.0
    /// it zeroed them, so that they stayed allocated.
    /// </summary>
    public bool FreesGradients { get; init; }

    /// <summary>
    /// True when layer norms are written out in elementary operations: what is centred and what is scaled are saved beside the input.
    /// </summary>
    public bool WrittenNorms { get; init; }

    /// <summary>True when root-mean-square norms are one kernel, which saves its input and its output only.</summary>
    public bool FusedNorms { get; init; }

    /// <summary>True when the gated activation is one kernel, which recomputes SiLU instead of saving it.</summary>
    public bool FusedActivation { get; init; }

    /// <summary>
    /// True when GELU is written out in elementary operations (Hugging Face's <c>gelu_new</c>), each saving its operands.
    /// </summary>
    public bool PointwiseGelu { get; init; }

    /// <summary>
    /// True when the stack's compiler fuses kernels but keeps for the backward pass what eager operations do: it has no step that
    /// recomputes pointwise operations.
    /// </summary>
    public bool CompilerKeepsAll { get; init; }

    /// <summary>
    /// True when grouped keys and values are copied to as many heads as queries have before attention, which saves the copies.
    /// </summary>
    public bool ExpandsKeys { get; init; }

    /// <summary>True when the residual stream is 16-bit under mixed precision; autocast over fp32 embeddings keeps it in fp32.</summary>
    public bool HalfResidual { get; init; }

    /// <summary>True when explicit softmax stays in 16 bits; otherwise it is computed and saved in fp32, then cast.</summary>
    public bool HalfSoftmax { get; init; }

    /// <summary>True when the loss takes logits as the head gives them; otherwise it casts them to fp32 first.</summary>
    public bool HalfLogits { get; init; }

    /// <summary>
    /// True when mixed precision is torch's autocast, which runs softmax and cross entropy in fp32 even where a model in 16 bits would not
    /// (torch.amp, "CUDA ops that can autocast to float32").
    /// </summary>
    public bool WideUnderAutocast { get; init; }

    /// <summary>
    /// True when full sharding gathers fp32 weights and autocast casts them: FSDP without a mixed precision of its own. The 16-bit copies
    /// stay until the backward pass, since each multiply saves its own, although the gathered weights are freed.
    /// </summary>
    public bool AutocastOverShards { get; init; }

    /// <summary>True when dropout is on in models without a gate: a byte of mask per element, and its output.</summary>
    public bool Dropout { get; init; }

    /// <summary>How the loss is computed without a compiler.</summary>
    public LossKernel Loss { get; init; }

    /// <summary>
    /// True when the backward pass is run block by block, so that what belongs to a block goes with it: the loss's copies before the first
    /// block is recomputed, and a block's 16-bit weights with its activations.
    /// </summary>
    public bool StagedBackward { get; init; }

    /// <summary>True when ZeRO holds the averaged gradients in a second, 16-bit copy.</summary>
    public bool ZeroGradientCopy { get; init; }

    /// <summary>True when the backward pass makes 16-bit gradients that are then added to fp32 ones.</summary>
    public bool AddsNarrowGradients { get; init; }

    /// <summary>True when peaks in the stack's own logs are of a rank of the first pipeline stage, whatever the others need.</summary>
    public bool LogsFirstStage { get; init; }

    /// <summary>True when peaks in the stack's own logs count live tensors alone.</summary>
    public bool LogsLiveTensors { get; init; }

    /// <summary>
    /// True when the optimizer's step copies the gradients of its share to fp32 (DeepSpeed, <c>stage_1_and_2.py</c>, <c>step</c>:
    /// the flattened averaged gradients are cast to the master copy's format).
    /// </summary>
    public bool WideGradientsInStep { get; init; }

    /// <summary>
    /// True when the norm of the gradients, worked out whether or not they are clipped, copies one gradient after another to 64 bits
    /// (DeepSpeed, <c>stage_1_and_2.py</c>, <c>get_grad_norm_direct</c>: <c>g.data.double()</c>).
    /// </summary>
    public bool DoubleGradientsInNorm { get; init; }

    /// <summary>Bytes of the reduction and gathering buckets of ZeRO, whatever the model's size.</summary>
    public double ZeroBucketBytes { get; init; }

    /// <summary>
    /// True when the optimizer's step is one kernel (Apex's, DeepSpeed's, Megatron's, <c>fused=True</c>), which needs no temporaries.
    /// </summary>
    public bool FusedOptimizer { get; init; }

    /// <summary>True when gradients and optimizer states live in the host's memory (DeepSpeed's offload).</summary>
    public bool OptimizerOnHost { get; init; }
}
