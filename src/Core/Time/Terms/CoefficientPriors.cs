using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>
/// The priors of all coefficients, gathered from the terms. Sizes come from counting bytes and kernels and from achievable shares of peak
/// (MAMF: 87 % of A100, 80 % of H100); deviations say how far stacks and devices are believed to differ. A machine without a
/// datasheet has nominal rates, so its deviations are wide enough for its own measurements to decide.
/// </summary>
public static class CoefficientPriors
{
    /// <summary>Factor on the whole step, which belongs to no term.</summary>
    private static readonly CoefficientPrior Speed = new(C.Speed, 1, 0.01,
        [
            new(L.Kernels, 0.06), new(L.Stack, 0.079), new(L.Source, 0.049), new(L.Device, 0.013), new(L.Family, 0.028),
            new(L.MachineRanks, 0.2),
            new(L.Moment, 0.08), new(L.Split, 0.1),
        ]);

    /// <summary>All of them, in the order of <see cref="StepCoefficient"/>.</summary>
    public static IReadOnlyList<CoefficientPrior> All { get; } =
        [.. TimeTerms.All.SelectMany(term => term.Coefficients).Prepend(Speed).OrderBy(prior => prior.Coefficient)];

    /// <summary>Where a group starts, as a logarithm relative to the population.</summary>
    internal static double Start(StepCoefficient coefficient, GroupLevel level, string key) => All[(int)coefficient].Start(level, key);
}
