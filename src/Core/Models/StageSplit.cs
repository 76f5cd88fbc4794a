namespace SlmPlanner.Core.Models;

/// <summary>
/// How blocks are dealt out to the stages of a pipeline. Blocks that differ are dealt out by their work (<see cref="BlockWork"/>). Equal
/// numbers, the first stages one more where they don't divide (Megatron-LM, torchtitan); or balanced, the output head counted as the blocks
/// that its multiply weighs, so that the last stage has fewer blocks (nanotron, <c>pipeline_parallel/block.py</c>: blocks by their
/// multiplies).
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

    /// <summary>Work of each stage and where its blocks end, where blocks differ; null where it follows from their number.</summary>
    public StageWork[]? Each { get; init; }

    /// <summary>Blocks of all stages.</summary>
    public double Blocks { get; init; }

    /// <summary>Blocks that the head weighs.</summary>
    private double HeadBlocks { get; init; }

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
            return new(1, blocks, blocks, blocks) { Blocks = blocks };
        if (headBlocks == 0)
            return new(stages, Math.Ceiling(blocks / stages), Math.Max(1, Math.Floor(blocks / stages)), Math.Ceiling(blocks / stages))
            {
                Blocks = blocks,
            };
        double first = 0, most = 0, dealt = 0;
        for (var stage = 1; stage < stages; stage++)
        {
            var until = BalancedEnd(blocks, headBlocks, stages, stage);
            var own = until - dealt;
            first = stage == 1 ? own : first;
            most = Math.Max(most, own);
            dealt = until;
        }
        return new(stages, first, blocks - dealt, most) { Blocks = blocks, HeadBlocks = headBlocks };
    }

    /// <summary>Blocks of the first stages, so many.</summary>
    public double Until(int stages) => stages == 0 ? 0 : stages == Stages ? Blocks
        : Each is { } each ? each[stages - 1].End
        : HeadBlocks > 0 ? BalancedEnd(Blocks, HeadBlocks, Stages, stages)
        : stages * Math.Floor(Blocks / Stages) + Math.Min(stages, Blocks % Stages);

    /// <summary>A stage's part of the model.</summary>
    public ModelPart Part(int stage, int tensor, int experts) =>
        new(tensor, experts, (Until(stage + 1) - Until(stage)) / Blocks) { After = (int)(Blocks - Until(stage + 1)) };

    /// <summary>Work of a stage in mean blocks, the head aside.</summary>
    public double WorkOf(int stage) => Each is { } each ? each[stage].Work : Until(stage + 1) - Until(stage);

    private static double BalancedEnd(double blocks, double headBlocks, int stages, int stage) =>
        Math.Min(blocks, Math.Ceiling(stage * ((blocks + headBlocks) / stages) - 1e-9));
}
