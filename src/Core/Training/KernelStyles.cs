namespace SlmPlanner.Core.Training;

/// <summary>
/// How a stack's kernels come about. Styles differ in nature, so that what is learned of one says little of another: operations started
/// one by one, libraries of fused kernels, a compiler of PyTorch, XLA's whole-program compiler, a trainer written in CUDA by hand.
/// </summary>
internal static class KernelStyles
{
    /// <summary>Single tensor operations of a framework.</summary>
    public const string Eager = "eager";

    /// <summary>A framework with fused kernels by hand: norms, activations, attention, losses.</summary>
    public const string Fused = "fused";

    /// <summary>A framework whose operations a compiler fuses.</summary>
    public const string Compiled = "compiled";

    /// <summary>A whole program compiled by XLA.</summary>
    public const string Xla = "xla";

    /// <summary>A trainer written by hand in CUDA or C++, without a framework.</summary>
    public const string Native = "native";

    /// <summary>True of a style that compiles the model without being told.</summary>
    public static bool Compiles(string? style) => style is Compiled or Xla;

    /// <summary>The style of a run, from what its stack does and whether a compiler was used; null when neither is known.</summary>
    /// <param name="stack">The stack's style without being told; null when unknown.</param>
    /// <param name="compile">Whether a compiler was used; null where it is not said.</param>
    public static string? Of(string? stack, bool? compile) => (stack, compile) switch
    {
        (Xla or Native, _) => stack,
        (_, true) => Compiled,
        (Compiled, false) => Eager,
        _ => stack,
    };
}
