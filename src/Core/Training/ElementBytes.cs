namespace SlmPlanner.Core.Training;

/// <summary>What a software stack's code says of the bytes that it keeps and sends; all open where nothing is known of it.</summary>
/// <param name="SeparateMasterWeights">True where mixed precision keeps 16-bit weights beside an fp32 copy (Megatron, DeepSpeed).</param>
/// <param name="GradientBytes">Bytes of a gradient when replicas add theirs up (DDP, ZeRO-1); null where the recipe decides.</param>
/// <param name="ReduceScatterBytes">Bytes of a gradient when sharded ones are added up (ZeRO-2, FSDP); null where the recipe
/// decides.</param>
public readonly record struct StackWidths(bool SeparateMasterWeights = false, double? GradientBytes = null,
    double? ReduceScatterBytes = null)
{
    /// <summary>True where the residual stream is 16-bit under mixed precision whatever the weights are.</summary>
    public bool HalfResidual { get; init; }

    /// <summary>True where full sharding gathers fp32 weights and autocast casts them.</summary>
    public bool AutocastOverShards { get; init; }
}

/// <summary>
/// Bytes of one element of what a recipe keeps and sends: the one source for step time, memory and launch files.
/// </summary>
/// <param name="Parameter">A weight as it is kept and, without FSDP, gathered after ZeRO's update.</param>
/// <param name="Gradient">An accumulated gradient.</param>
/// <param name="Reduce">A gradient on its way to the other ranks.</param>
/// <param name="Gather">A weight on its way to the other ranks.</param>
public readonly record struct ElementBytes(double Parameter, double Gradient, double Reduce, double Gather)
{
    private const double Wide = 4, Half = 2;

    /// <summary>
    /// The bytes of a recipe. Wide recipes keep and send fp32, pure bfloat16 two bytes throughout. Mixed precision gathers
    /// FSDP's blocks in 16 bits and reduces in fp32, torchtitan's default (<c>mixed_precision_reduce</c>), unless the stack is known
    /// to reduce otherwise; autocast keeps fp32 weights and gradients; a separate master copy leaves 16-bit weights.
    /// </summary>
    /// <param name="precision">The recipe.</param>
    /// <param name="sharded">What shards divide.</param>
    /// <param name="stack">What the stack is known to do.</param>
    public static ElementBytes Of(Precision precision, ShardedState sharded, in StackWidths stack = default)
    {
        if (precision.IsWide())
            return new(Wide, Wide, Wide, Wide);
        if (precision == Precision.Bf16Pure)
            return new(Half, Half, Half, Half);
        var isFsdp = sharded == ShardedState.Parameters;
        var parameter = stack.SeparateMasterWeights && !isFsdp ? Half : Wide;
        var gradient = isFsdp ? Wide : stack.GradientBytes ?? Wide;
        var reduce = sharded >= ShardedState.Gradients ? stack.ReduceScatterBytes ?? gradient : gradient;
        return new(parameter, gradient, reduce, isFsdp ? Half : parameter);
    }

    /// <summary>
    /// Bytes of an element of the residual stream, what goes from block to block: fp32 where autocast adds to fp32 embeddings. Full
    /// sharding hands out 16-bit weights, embeddings among them, and so do frozen ones.
    /// </summary>
    /// <param name="precision">The recipe.</param>
    /// <param name="sharded">What shards divide.</param>
    /// <param name="freezes">True where weights are frozen.</param>
    /// <param name="stack">What the stack is known to do.</param>
    public static double Residual(Precision precision, ShardedState sharded, bool freezes, in StackWidths stack)
    {
        var handsOutNarrow = sharded == ShardedState.Parameters && !stack.AutocastOverShards;
        return precision.IsWide() ? Wide
            : precision != Precision.Bf16Pure && !stack.SeparateMasterWeights && !stack.HalfResidual && !handsOutNarrow && !freezes ? Wide
            : Half;
    }
}
