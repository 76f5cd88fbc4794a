namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Every component, in the order of computation: one may read those before it. A new component is a class and a line here.
/// </summary>
internal static class MemoryComponents
{
    public const int Count = 20;

    public static readonly NormActivations Norms = new();
    public static readonly AttentionActivations Attention = new();
    public static readonly FeedForwardActivations FeedForward = new();
    public static readonly BlockInputs BlockInputs = new();
    public static readonly AttentionScores Scores = new();
    public static readonly BackwardWorkspace Workspace = new();
    public static readonly LossLogits Logits = new();
    public static readonly GatheredUnits Gathered = new();
    public static readonly GatheredBlock GatheredBlock = new();
    public static readonly CommunicationBuffers Buffers = new();
    public static readonly WeightCopies Copies = new();
    public static readonly Weights Weights = new();
    public static readonly MasterWeights Master = new();
    public static readonly OptimizerStates States = new();
    public static readonly Gradients Gradients = new();
    public static readonly NarrowGradients Narrow = new();
    public static readonly OptimizerTemporaries Temporaries = new();
    public static readonly LearnedActivations Learned = new();
    public static readonly AllocatorSlack Slack = new();
    public static readonly FrameworkContext Context = new();

    public static MemoryComponent[] All { get; } = Numbered(
        Norms, Attention, FeedForward, BlockInputs, Scores, Workspace, Logits, Gathered, GatheredBlock, Buffers,
        Copies, Weights, Master, States, Gradients, Narrow, Temporaries, Learned, Slack, Context);

    public static ReadOnlySpan<MemoryComponent> Span => All;

    private static MemoryComponent[] Numbered(params MemoryComponent[] components)
    {
        for (var i = 0; i < components.Length; i++)
            components[i].Index = i;
        return components;
    }
}
