namespace SlmPlanner.Core.Planning.Probes;

/// <summary>Which probes to buy together: one may tell what another would have told, so that savings do not add up.</summary>
/// <param name="gamble">What a set of probes saves.</param>
/// <param name="costsUsd">What each probe costs, USD.</param>
/// <param name="worth">The worth of a saving, USD.</param>
internal sealed class ProbePortfolio(ProbeGamble gamble, IReadOnlyList<double> costsUsd, Func<Saving, double> worth)
{
    /// <summary>Every set is tried of so many probes, those worth most alone; the others are added as long as they pay.</summary>
    private const int MostToEnumerate = 7;

    /// <summary>The set that is worth most beyond its cost; the empty one where none pays.</summary>
    /// <param name="budgetUsd">Most to spend on probes.</param>
    public ProbeSet Best(double budgetUsd)
    {
        int[] all = [.. Enumerable.Range(0, costsUsd.Count)];
        int[] first = [.. all.OrderByDescending(probe => Net(Set([probe]))).Take(MostToEnumerate).Order()];
        var best = Enumerable.Range(0, 1 << first.Length)
            .Select(bits => first.Where((_, place) => (bits >> place & 1) == 1).ToArray())
            .Where(probes => probes.Sum(probe => costsUsd[probe]) <= budgetUsd)
            .Select(Set).MaxBy(Net)!;
        while (Next(best, all.Where(probe => best.CostUsd + costsUsd[probe] <= budgetUsd)) is { } next && Net(next) > Net(best))
            best = next;
        return best;
    }

    /// <summary>The sets on the way from nothing to a set: each has the probe more that is worth most beyond its cost.</summary>
    /// <param name="bought">The set.</param>
    public IReadOnlyList<ProbeSet> Path(ProbeSet bought)
    {
        var path = new List<ProbeSet> { Set([]) };
        while (Next(path[^1], bought.Probes) is { } next)
            path.Add(next);
        return path;
    }

    /// <summary>A set with the best of some probes more; null where it has them all.</summary>
    private ProbeSet? Next(ProbeSet set, IEnumerable<int> probes) =>
        probes.Except(set.Probes).Select(probe => Set([.. set.Probes, probe])).MaxBy(Net);

    /// <summary>In whichever order its probes are bought, a set saves the same.</summary>
    private ProbeSet Set(int[] probes) => new(probes, probes.Sum(probe => costsUsd[probe]), gamble.Of([.. probes.Order()]));

    private double Net(ProbeSet set) => worth(set.Saving) - set.CostUsd;
}

/// <summary>Probes bought together.</summary>
/// <param name="Probes">Their indices, in the order in which they are bought.</param>
/// <param name="CostUsd">What they cost.</param>
/// <param name="Saving">What a choice after them is expected to save.</param>
internal sealed record ProbeSet(IReadOnlyList<int> Probes, double CostUsd, Saving Saving);
