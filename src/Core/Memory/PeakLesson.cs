namespace SlmPlanner.Core.Memory;

/// <summary>
/// What learned peaks say of one stack: which kinds it may be of, how much of what comes and goes it keeps, and how sure that is.
/// </summary>
/// <param name="Runs">How many runs it rests on.</param>
/// <param name="Kinds">What the stack may be, with the odds that the runs leave, at least one.</param>
/// <param name="LogSpread">Spread of the logarithm of a further peak around each kind.</param>
public sealed record PeakLesson(int Runs, IReadOnlyList<LearnedKind> Kinds, double LogSpread)
{
    /// <summary>The outlook of a further run of the stack; its likeliest kind is the one that is shown.</summary>
    /// <param name="model">The memory model of a kind.</param>
    internal PeakOutlook Outlook(Func<LearnedKind, MemoryModel> model)
    {
        var kinds = Kinds.OrderByDescending(kind => kind.Kind.Weight).ToList();
        var models = kinds.ConvertAll(kind => model(kind));
        return new(models[0], LogSpread, [.. kinds.Select(kind => kind.Kind)], models);
    }
}

/// <summary>A kind of stack after runs were learned.</summary>
/// <param name="Kind">The kind with its weight; what its users state has had its say.</param>
/// <param name="Kept">Share of what comes and goes that the runs add to it, above −1.</param>
public sealed record LearnedKind(StackWeight Kind, double Kept);
