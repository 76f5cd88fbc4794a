namespace SlmPlanner.Core.Training;

/// <summary>A software stack: what of its code decides time, communication and memory of a step.</summary>
/// <param name="Name">The name under which its rows are fitted; a stack known by its words only keeps the text it was given.</param>
/// <param name="Time">What time shows.</param>
/// <param name="Memory">What memory shows.</param>
public sealed record SoftwareStack(string? Name, StackTime Time, MemoryTraits Memory)
{
    /// <summary>The stack whose memory facts these are, itself or one that it is like; null where none are known.</summary>
    public string? MemoryOf { get; init; }

    /// <summary>A stack of which nothing is known.</summary>
    public static SoftwareStack Unknown { get; } = new(null, new(), MemoryTraits.Unknown);

    /// <summary>Stacks that share code or habits; null when unknown.</summary>
    public string? Family => Time.Family;

    /// <summary>True where it pads the vocabulary to a multiple of 128.</summary>
    public bool PadsVocabulary => Time.PadsVocabulary;

    /// <summary>True where ZeRO-1 divides optimizer states inside a node unless told otherwise.</summary>
    public bool Zero1InNode => Time.Zero1InNode;

    /// <summary>Bytes of what it keeps and sends.</summary>
    public StackWidths Widths => Memory.Widths with
    {
        GradientBytes = Time.GradientBytes ?? Memory.Widths.GradientBytes, ReduceScatterBytes = Time.ReduceScatterBytes,
    };

    /// <summary>The kernel style of a run: the stack's, but for what a compiler, used or left out, changes; null when unknown.</summary>
    /// <param name="compile">Whether a compiler was used; null where it is not said.</param>
    public string? KernelsOf(bool? compile) => KernelStyles.Of(Time.Kernels, compile);
}

/// <summary>What of a stack's code shows in the time of a step. The default is a stack of which nothing is known.</summary>
public sealed record StackTime
{
    /// <summary>Stacks that share code or habits; null when unknown.</summary>
    public string? Family { get; init; }

    /// <summary>
    /// <c>eager</c>, <c>fused</c>, <c>compiled</c>, <c>xla</c> or <c>native</c>, as it is run unless told otherwise; null when unknown.
    /// </summary>
    public string? Kernels { get; init; }

    /// <summary>True where it pads the vocabulary to a multiple of 128.</summary>
    public bool PadsVocabulary { get; init; }

    /// <summary>True where ZeRO-1 divides optimizer states inside a node unless told otherwise.</summary>
    public bool Zero1InNode { get; init; }

    /// <summary>True where pipeline stages are balanced with the output head, as <see cref="Layout.BalancedStages"/> says.</summary>
    public bool BalancesStages { get; init; }

    /// <summary>Bytes of a gradient element when replicas add theirs up (DDP, ZeRO-1); null where the recipe decides.</summary>
    public double? GradientBytes { get; init; }

    /// <summary>
    /// Bytes of a gradient element in a reduce-scatter of sharded gradients (ZeRO-2, FSDP); null where the recipe decides.
    /// </summary>
    public double? ReduceScatterBytes { get; init; }

    /// <summary>What it does when told to recompute selectively; null when unknown.</summary>
    public Recomputation? Recomputes { get; init; }
}
