namespace SlmPlanner.Core.Training;

/// <summary>
/// What optimizers keep and move for each parameter of a matrix of d × d, d the model's width: the one source for memory and time. Counted
/// from the published rules; none is measured.
/// </summary>
internal static class OptimizerCosts
{
    private const double Wide = 4;

    /// <summary>One byte and its share of an fp32 scale for each block of 256.</summary>
    private const double QuantisedState = 1 + (Wide / 256);

    /// <summary>Muon's Newton-Schulz steps (Jordan et al. 2024).</summary>
    private const int OrthogonalSteps = 5;

    /// <summary>Operations of one such step for each parameter over d: X·Xᵀ, A·A and B·X, 2·d³ each.</summary>
    private const double OrthogonalOperations = 6;

    /// <summary>
    /// Operations of a SOAP step for each parameter over d: gradient, moment and update turned by two bases (12), two products of the
    /// gradient with itself (4), and a power step with its QR of both sides every ten steps (about 1).
    /// </summary>
    private const double SoapOperations = 17;

    /// <summary>States of a parameter in elements of a moment.</summary>
    /// <param name="kind">The rule.</param>
    /// <param name="matrices">Share of the parameters that lie in the matrices of blocks, 0 to 1.</param>
    /// <param name="width">Width of the model, ≥ 1.</param>
    public static double Moments(OptimizerKind kind, double matrices, double width) => kind switch
    {
        OptimizerKind.Adafactor => 2 / width,
        OptimizerKind.Lion => 1,
        OptimizerKind.Muon => 2 - matrices,
        OptimizerKind.Soap => 2 + (4 * matrices),
        OptimizerKind.Sgd => 0,
        _ => 2,
    };

    /// <summary>Bytes of an element of a moment, where the recipe keeps moments in so many.</summary>
    public static double MomentBytes(OptimizerKind kind, double recipe) => kind switch
    {
        OptimizerKind.AdamW8Bit => QuantisedState,
        OptimizerKind.Adafactor or OptimizerKind.Soap => Wide,
        _ => recipe,
    };

    /// <summary>
    /// Bytes of temporaries of all parameters at once, for each parameter: AdamW's and Lion's update in PyTorch's foreach style is one
    /// moment; the others work tensor by tensor.
    /// </summary>
    public static double TemporaryBytes(OptimizerKind kind, double momentBytes) => kind == OptimizerKind.AdamW ? momentBytes : 0;

    /// <summary>Bytes of the temporaries of a rule that works matrix by matrix, for each parameter of the largest.</summary>
    public static double LargestTemporaryBytes(OptimizerKind kind) => kind switch
    {
        OptimizerKind.Muon => 3 * 2,
        OptimizerKind.Soap => 3 * Wide,
        OptimizerKind.Adafactor => 2 * Wide,
        _ => 0,
    };

    /// <summary>Extra passes over a parameter's fp32 update that a rule of several kernels makes, bytes.</summary>
    public static double ExtraTraffic(OptimizerKind kind) => kind switch
    {
        OptimizerKind.Adafactor => 4 * Wide,
        OptimizerKind.Soap => 6 * Wide,
        _ => 0,
    };

    /// <summary>Operations of a step for each parameter of a block's matrices.</summary>
    public static double Operations(OptimizerKind kind, double width) => width * kind switch
    {
        OptimizerKind.Muon => OrthogonalSteps * OrthogonalOperations,
        OptimizerKind.Soap => SoapOperations,
        _ => 0,
    };
}
