namespace SlmPlanner.Calibrator.Distributed.Verification;

/// <summary>How far a parallel run is from the same run in one process, over all steps.</summary>
/// <param name="Loss">Largest relative difference of a step's loss.</param>
/// <param name="Gradients">Largest difference of a gradient, over the largest gradient.</param>
/// <param name="GradientNorm">Largest relative difference of the norm.</param>
/// <param name="Parameters">Root mean square difference of the parameters after the last step, over that of their change in
/// training.</param>
internal sealed record StrategyDifference(double Loss, double Gradients, double GradientNorm, double Parameters)
{
    /// <summary>
    /// Rounding in fp32: sums over ranks in another order. AdamW divides by the gradient's own size, which turns rounding of
    /// gradients near zero into visible differences of their parameters.
    /// </summary>
    public static StrategyDifference ToleranceFp32 { get; } = new(1e-6, 1e-5, 1e-5, 1e-3);

    /// <summary>
    /// Rounding in bfloat16 (8 bits, 0.4 %): parameters that differ by a last bit of fp32 are sometimes cast to neighbours, and
    /// so are activations after them. Powers of two of ranks divide exactly and stay near fp32's tolerance; three ranks don't.
    /// </summary>
    public static StrategyDifference ToleranceBf16 { get; } = new(1e-4, 1e-1, 5e-3, 1e-1);

    /// <summary>The larger of each.</summary>
    public StrategyDifference Or(StrategyDifference other) => new(
        Math.Max(Loss, other.Loss), Math.Max(Gradients, other.Gradients),
        Math.Max(GradientNorm, other.GradientNorm), Math.Max(Parameters, other.Parameters));

    /// <summary>True when each is within the tolerance; a NaN is not.</summary>
    public bool Within(StrategyDifference tolerance) =>
        Loss <= tolerance.Loss && Gradients <= tolerance.Gradients
        && GradientNorm <= tolerance.GradientNorm && Parameters <= tolerance.Parameters;
}
