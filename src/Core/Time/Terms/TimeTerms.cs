namespace SlmPlanner.Core.Time.Terms;

/// <summary>The terms whose sum is the step. Everything that goes through the terms goes through this list.</summary>
internal static class TimeTerms
{
    /// <summary>In the order in which they are evaluated and shown.</summary>
    internal static readonly StepTerm[] Ordered = Numbered(
        new MatmulTerm(),
        new LogitsTerm(),
        new AttentionTerm(),
        new MemoryBoundTerm(),
        new RecomputeTerm(),
        new AdapterTerm(),
        new OffloadTerm(),
        new TensorTerm(),
        new ContextTerm(),
        new StageTerm(),
        new ExpertTerm(),
        new LaunchTerm(),
        new OptimizerTerm(),
        new CommunicationTerm(),
        new BubbleTerm(),
        new FixedTerm());

    /// <summary>
    /// The place of the launches. Terms before them are work of every micro-batch; later ones see the micro-batch's time, launches
    /// included.
    /// </summary>
    internal static readonly int Launch = Array.FindIndex(Ordered, term => term is LaunchTerm);

    public static IReadOnlyList<StepTerm> All => Ordered;

    /// <summary>The term of a key.</summary>
    /// <exception cref="InvalidOperationException">No term has the key.</exception>
    public static StepTerm Of(string key) => Ordered.Single(term => term.Key == key);

    private static StepTerm[] Numbered(params StepTerm[] terms)
    {
        if (terms.Length > StepTime.Capacity)
            throw new InvalidOperationException($"{terms.Length} terms, room for {StepTime.Capacity}");
        for (var index = 0; index < terms.Length; index++)
            terms[index].Index = index;
        return terms;
    }
}
