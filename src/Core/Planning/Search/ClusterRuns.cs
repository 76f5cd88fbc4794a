namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// How long the runs of a cluster's setups take. Prices have no part in it, so that it is the same on all offers whose machines are taken
/// away as often.
/// </summary>
/// <param name="evaluations">The setups.</param>
/// <param name="pricing">Of any of those offers.</param>
/// <param name="goal">What is asked.</param>
internal sealed class ClusterRuns(ClusterEvaluations evaluations, RunPricing pricing, SearchGoal goal)
{
    private readonly RunLengths?[] _known = new RunLengths?[evaluations.Count];
    private readonly RunLengths?[] _whole = new RunLengths?[evaluations.Count];

    /// <summary>Setups.</summary>
    public int Count => _known.Length;

    /// <summary>True of a setup whose own spread is known already.</summary>
    public bool IsWhole(int ordinal) => evaluations.IsWhole(ordinal);

    /// <summary>A run on an offer, as sure as it may be.</summary>
    public Priced AtBest(int ordinal, RunPricing on)
    {
        ref readonly var evaluation = ref evaluations.Known(ordinal);
        return on.Price(evaluation, ordinal, goal.Tokens, _known[ordinal] ??= Lengths(evaluation));
    }

    /// <summary>A run on an offer, with the setup's own spread and memory.</summary>
    public Priced Whole(int ordinal, RunPricing on)
    {
        ref readonly var evaluation = ref evaluations.Whole(ordinal);
        return on.Price(evaluation, ordinal, goal.Tokens, _whole[ordinal] ??= Lengths(evaluation));
    }

    private RunLengths Lengths(in Evaluation evaluation) => pricing.Lengths(evaluation, goal.Tokens, goal.Limits.Deviations);
}
