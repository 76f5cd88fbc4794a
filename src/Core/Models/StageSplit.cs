namespace SlmPlanner.Core.Models;

/// <summary>
/// How blocks are dealt out to the stages of a pipeline. Blocks that differ are dealt out by their work (<see cref="BlockWork"/>). Equal numbers, the first stages one more where they don't divide (Megatron-LM,
/// torchtitan); or balanced, the output head counted as the blocks that its multiply weighs, so that the last stage has fewer blocks
/// (nanotron, <c>pipeline_parallel/block.py</c>: blocks by their multiplies).
/// </summary>
/// <param name="Stages">Stages, ≥ 1.</param>
/// <param name="First">Blocks of the first stage.</param>
/// <param name="Last">Blocks of the last stage.</param>
/// <param name="Most">Most blocks of a stage that is not the last.</param>
internal readonly record struct StageSplit(int Stages, double First, double Last, double Most)
{
    /// <summary>Work of the stages where blocks differ; null where it goes by their number.</summary>
    public StageShares? Work { get; init; }

    /// <summary>Parameters of the stages' blocks where blocks differ; null where they go by their number.</summary>
    public StageShares? Held { get; init; }

    /// <summary>Work, in mean blocks.</summary>
    public StageShares Working => Work ?? new(First, Last, Most);

    /// <summary>Parameters, in mean blocks.</summary>
    public StageShares Holding => Held ?? new(First, Last, Most);

    /// <summary>Deals the blocks out.</summary>
    /// <param name="blocks">Blocks, ≥ 1.</param>
    /// <param name="stages">Stages, 1..blocks.</param>
    /// <param name="headBlocks">Blocks that the head's multiply weighs; 0 for equal stages.</param>
    public static StageSplit Of(double blocks, int stages, double headBlocks)
    {
        if (stages == 1)
            return new(1, blocks, blocks, blocks);
        if (headBlocks == 0)
            return new(stages, Math.Ceiling(blocks / stages), Math.Max(1, Math.Floor(blocks / stages)), Math.Ceiling(blocks / stages));
        var share = (blocks + headBlocks) / stages;
        double first = 0, most = 0, dealt = 0;
        for (var stage = 1; stage < stages; stage++)
        {
            var until = Math.Min(blocks, Math.Max(dealt, Math.Ceiling(stage * share - 1e-9)));
            var own = until - dealt;
            first = stage == 1 ? own : first;
            most = Math.Max(most, own);
            dealt = until;
        }
        return new(stages, first, blocks - dealt, most);
    }
}
