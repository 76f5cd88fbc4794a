namespace SlmPlanner.Core.Economics.Loss;

/// <summary>What one law says of a run, so that several can stand beside each other.</summary>
/// <param name="Law">Its name.</param>
/// <param name="Corpus">The corpus and tokenizer of its losses: those of two laws do not compare.</param>
/// <param name="Loss">Expected loss, nats per token.</param>
/// <param name="TenthMoreTokens">By how much a tenth more tokens would lower it, as a share: this does compare.</param>
/// <param name="BestTokensPerParameter">Tokens per parameter of the best model for the run's FLOPs.</param>
/// <param name="HeldOutError">Its mean absolute error on held-back end points, as a share; null where it was not measured.</param>
/// <param name="Decides">True for the law in force.</param>
public sealed record LawOutlook(
    string Law, string Corpus, double Loss, double TenthMoreTokens, double BestTokensPerParameter, double? HeldOutError, bool Decides)
{
    private const double More = 1.1;

    /// <summary>What laws say of a run, the one in force first; those whose range the run is outside are left out.</summary>
    public static IReadOnlyList<LawOutlook> Of(IReadOnlyList<ScalingLaw> laws, Models.TransformerShape model, double tokens) =>
    [
        .. from law in laws
           let parameters = law.ParametersOf(model)
           where ScalingLaw.Knows(model) && law.Range.Covers(new(parameters, tokens))
           let loss = law.Loss(parameters, tokens)
           let best = ComputeOptimal.ForFlops(law, new TrainingPoint(parameters, tokens).Flops)
           select new LawOutlook(
               law.Name, law.Corpus, loss, 1 - law.Loss(parameters, More * tokens) / loss, best.TokensPerParameter, law.HeldOutError,
               law == laws[0]),
    ];
}
