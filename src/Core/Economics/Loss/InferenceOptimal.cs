using MathNet.Numerics;

namespace SlmPlanner.Core.Economics.Loss;

/// <summary>
/// Size and tokens when the trained model will also serve: a smaller model, trained longer, is cheaper over its life
/// (Sardana et al. 2024, arXiv 2401.00448). Life FLOPs are 6 N D for training and 2 N D_inf for inference.
/// </summary>
internal static class InferenceOptimal
{
    private const double Tolerance = 1e-9;
    private const int Iterations = 400;

    /// <summary>Training and inference FLOPs over the model's life.</summary>
    public static double LifeFlops(in TrainingPoint point, double inferenceTokens) =>
        point.Flops + 2 * point.Parameters * inferenceTokens;

    /// <summary>Fewest life FLOPs that reach a loss; null at or below the law's irreducible loss.</summary>
    /// <param name="law">The law.</param>
    /// <param name="loss">Target loss.</param>
    /// <param name="inferenceTokens">Tokens the model will process in its life, ≥ 0.</param>
    public static TrainingPoint? ForLoss(ScalingLaw law, double loss, double inferenceTokens)
    {
        if (ComputeOptimal.ForLoss(law, loss) is not { } training)
            return null;
        var least = Math.Pow(law.A.Value / law.TermsAt(loss), 1 / law.Alpha.Value);
        double Life(double logParameters)
        {
            var parameters = Math.Exp(logParameters);
            return law.TokensFor(parameters, loss) is { } tokens
                ? Math.Log(LifeFlops(new(parameters, tokens), inferenceTokens))
                : double.MaxValue;
        }

        var best = Minimise(Life, Math.Log(least), Math.Log(training.Parameters));
        return new(best, law.TokensFor(best, loss)!.Value);
    }

    /// <summary>Lowest loss whose training and inference together take <paramref name="lifeFlops"/>.</summary>
    public static TrainingPoint ForLifeFlops(ScalingLaw law, double lifeFlops, double inferenceTokens)
    {
        double Tokens(double parameters) => (lifeFlops / parameters - 2 * inferenceTokens) / 6;
        double Loss(double logParameters)
        {
            var parameters = Math.Exp(logParameters);
            return Tokens(parameters) is > 0 and var tokens ? law.Loss(parameters, tokens) : double.MaxValue;
        }

        var upper = ComputeOptimal.ForFlops(law, lifeFlops).Parameters;
        if (inferenceTokens > 0)
            upper = Math.Min(upper, lifeFlops / (2 * inferenceTokens));
        var best = Minimise(Loss, Math.Log(upper) - Math.Log(1e6), Math.Log(upper));
        return new(best, Tokens(best));
    }

    private static double Minimise(Func<double, double> objective, double low, double high) =>
        Math.Exp(FindMinimum.OfScalarFunctionConstrained(objective, low + Tolerance, high, Tolerance, Iterations));
}
