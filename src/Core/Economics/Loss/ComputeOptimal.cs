namespace SlmPlanner.Core.Economics.Loss;

/// <summary>The size and tokens that spend training FLOPs best under a <see cref="ScalingLaw"/>, in closed form.</summary>
internal static class ComputeOptimal
{
    /// <summary>
    /// Lowest loss for C = 6 N D FLOPs (Hoffmann et al. 2022, eq. 4): N = G (C/6)^a, D = (C/6)^b / G with
    /// G = (αA / βB)^(1/(α+β)), a = β/(α+β), b = α/(α+β). Does not depend on E, nor on k.
    /// </summary>
    /// <param name="law">The law.</param>
    /// <param name="flops">Training FLOPs C &gt; 0.</param>
    public static TrainingPoint ForFlops(ScalingLaw law, double flops)
    {
        var (alpha, beta) = (law.Alpha.Value, law.Beta.Value);
        var g = Math.Pow(alpha * law.A.Value / (beta * law.B.Value), 1 / (alpha + beta));
        var parameters = g * Math.Pow(flops / 6, beta / (alpha + beta));
        return new(parameters, flops / 6 / parameters);
    }

    /// <summary>
    /// Fewest training FLOPs that reach a loss; null at or below the law's irreducible loss. Where 6 N D is least,
    /// α A / N^α = β B / D^β, so the size term is β/(α+β) and the data term α/(α+β) of their sum, whatever its exponent.
    /// </summary>
    public static TrainingPoint? ForLoss(ScalingLaw law, double loss)
    {
        var reducible = law.TermsAt(loss);
        if (!(reducible > 0))
            return null;
        var (alpha, beta) = (law.Alpha.Value, law.Beta.Value);
        var parameters = Math.Pow(law.A.Value * (alpha + beta) / (reducible * beta), 1 / alpha);
        var tokens = Math.Pow(law.B.Value * (alpha + beta) / (reducible * alpha), 1 / beta);
        return new(parameters, tokens);
    }
}
