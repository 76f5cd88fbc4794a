namespace SlmPlanner.Core.Planning.Probes;

/// <summary>Which probes to buy together: one may tell what another would have told, so that savings do not add up.</summary>
/// <param name="gamble">What a set of probes saves.</param>
/// <param name="costsUsd">What each probe costs, USD.</param>
/// <param name="worth">The worth of a saving, USD.</param>
internal sealed class ProbePortfolio(ProbeGamble gamble, IReadOnlyList<double> costsUsd, Func<Saving, double> worth)
{
    /// <summary>Up to so many probes every set is tried; of more, the best one is added as long as it pays.</summary>
    private const int MostToEnumerate = 7;

    /// <summary>The sets bought one after the other, the empty one first: each adds the probe that is worth most beyond its cost.</summary>
    /// <param name="budgetUsd">Most to spend on probes.</param>
    public IReadOnlyList<ProbeSet> Path(double budgetUsd)
    {
        var path = new List<ProbeSet> { new([], 0, default) };
        while (path[^1] is var last)
        {
            var next = Enumerable.Range(0, costsUsd.Count)
                .Where(probe => !last.Probes.Contains(probe) && last.CostUsd + costsUsd[probe] <= budgetUsd)
                .Select(probe => Set([.. last.Probes, probe]))
                .OrderByDescending(Net)
                .FirstOrDefault();
            if (next is null || Net(next) <= Net(last))
                break;
            path.Add(next);
        }
        return path;
    }

    /// <summary>The set that is worth most beyond its cost; the empty one where none pays.</summary>
    /// <param name="path">The sets that <see cref="Path"/> found.</param>
    /// <param name="budgetUsd">Most to spend on probes.</param>
    public ProbeSet Best(IReadOnlyList<ProbeSet> path, double budgetUsd)
    {
        var best = path.MaxBy(Net)!;
        if (costsUsd.Count > MostToEnumerate)
            return best;
        for (var bits = 1; bits < 1 << costsUsd.Count; bits++)
        {
            int[] probes = [.. Enumerable.Range(0, costsUsd.Count).Where(probe => (bits >> probe & 1) == 1)];
            if (probes.Sum(probe => costsUsd[probe]) > budgetUsd || Set(probes) is not { } set || Net(set) <= Net(best))
                continue;
            best = set;
        }
        return best;
    }

    private ProbeSet Set(int[] probes) => new(probes, probes.Sum(probe => costsUsd[probe]), gamble.Of(probes));

    private double Net(ProbeSet set) => worth(set.Saving) - set.CostUsd;
}

/// <summary>Probes bought together.</summary>
/// <param name="Probes">Their indices.</param>
/// <param name="CostUsd">What they cost.</param>
/// <param name="Saving">What a choice after them is expected to save.</param>
internal sealed record ProbeSet(IReadOnlyList<int> Probes, double CostUsd, Saving Saving);
