using System.Runtime.InteropServices;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Predictions of a cluster's setups. The time of each is worked out at once, and a spread that its own is not below; its own spread and
/// its memory, which take most of the work, only where something may depend on them.
/// </summary>
/// <param name="evaluator">Predicts setups on the platform.</param>
internal sealed class ClusterEvaluations(SetupEvaluator evaluator)
{
    private readonly List<Evaluation> _evaluations = [];
    private readonly List<bool> _areWhole = [];

    /// <summary>Setups so far.</summary>
    public int Count => _evaluations.Count;

    /// <summary>Takes in setups that fit, in the order that breaks ties.</summary>
    public void Add(ReadOnlySpan<TrainingSetup> setups)
    {
        foreach (ref readonly var setup in setups)
        {
            _evaluations.Add(evaluator.AtBest(setup));
            _areWhole.Add(false);
        }
    }

    /// <summary>True of a setup whose own spread is known already.</summary>
    public bool IsWhole(int ordinal) => _areWhole[ordinal];

    /// <summary>What is known of a setup: as sure as it may be, until it is whole.</summary>
    public ref readonly Evaluation Known(int ordinal) => ref CollectionsMarshal.AsSpan(_evaluations)[ordinal];

    /// <summary>A setup with its own spread and memory.</summary>
    public ref readonly Evaluation Whole(int ordinal)
    {
        if (!_areWhole[ordinal])
        {
            _evaluations[ordinal] = evaluator.Complete(_evaluations[ordinal]);
            _areWhole[ordinal] = true;
        }
        return ref Known(ordinal);
    }

    /// <summary>The least time per token of all, as expected and at the quantile of limits.</summary>
    /// <param name="deviations">The quantile.</param>
    public TokenTime Best(double deviations)
    {
        var best = TokenTime.None;
        for (var ordinal = 0; ordinal < Count; ordinal++)
            if (TokenTime.None.With(Known(ordinal), deviations).MayBeat(best))
                best = best.With(Whole(ordinal), deviations);
        return best;
    }
}
