using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Performance;

/// <summary>What of a software stack decides how its coefficients relate to those of others.</summary>
/// <param name="Name">Our name for it; a stack known by its words only keeps the text it was given.</param>
/// <param name="Family">Stacks that share code or habits; null when unknown.</param>
/// <param name="Kernels"><c>eager</c>, <c>fused</c> or <c>compiled</c>; null when unknown.</param>
/// <param name="PadsVocabulary">True where it pads the vocabulary to a multiple of 128.</param>
/// <param name="Zero1InNode">True where ZeRO-1 divides optimizer states inside a node unless told otherwise.</param>
public sealed record StackTraits(string? Name, string? Family, string? Kernels, bool PadsVocabulary, bool Zero1InNode = false)
{
    /// <summary>Bytes of what it keeps and sends.</summary>
    public StackWidths Widths { get; init; }

    /// <summary>A stack of which nothing is known.</summary>
    public static StackTraits Unknown { get; } = new(null, null, null, false);

    /// <summary>The kernel style of a run: a compiler's, if one was used, else the stack's.</summary>
    public string? KernelsOf(bool compile) => compile ? "compiled" : Kernels;
}
