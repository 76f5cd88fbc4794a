using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// Learns peaks of one stack. What the runs of a stack share is a factor on the bytes that come and go, whose logarithm has the spread
/// τ = σ·√ρ before anything is learned; each run has σ·√(1 − ρ) of its own around that. Where the stack is not known, every kind that it
/// may be has its own factor, and the runs weigh the kinds. All is summed on a grid of the factor, so that runs that tell only that they
/// ran, or that they did not, count as the bounds they are, and the same runs give the same answer in any order.
/// </summary>
/// <param name="stacks">Traits of software stacks.</param>
/// <param name="constants">The fitted constants.</param>
/// <param name="sharedShare">ρ: share of the variance of a peak that the runs of a stack have in common, 0 to 1.</param>
internal sealed class LearnedPeaks(SoftwareStackCatalog stacks, MemoryConstants constants, double sharedShare)
{
    private const double WidestFactor = 4;
    private const int Points = 121;

    /// <summary>Logarithms of the factor, from a quarter to four.</summary>
    private static readonly double[] Grid =
        [.. Enumerable.Range(0, Points).Select(i => Math.Log(WidestFactor) * ((2.0 * i / (Points - 1)) - 1))];

    /// <summary>The lesson of runs of one stack.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="kinds">What the stack may be; a known stack is one kind.</param>
    /// <param name="logSpread">σ: spread of the logarithm of a peak around each kind before anything is learned.</param>
    public PeakLesson Of(IReadOnlyList<PeakObservation> runs, IReadOnlyList<StackWeight> kinds, double logSpread)
    {
        var (shared, own) = (logSpread * Math.Sqrt(sharedShare), logSpread * Math.Sqrt(1 - sharedShare));
        var learned = kinds.Select(kind => Posterior.Of(Given(kind, runs[0]), [.. runs.Select(run => Peaks(run, kind))], shared, own))
            .ToList();
        var best = learned.Max(kind => kind.LogOdds);
        var odds = learned.Select(kind => Math.Exp(kind.LogOdds - best)).ToArray();
        var left = learned.Zip(odds, (kind, weight) => weight * kind.Variance).Sum() / odds.Sum();
        return new(
            runs.Count,
            [.. kinds.Select((kind, i) => new LearnedKind(new(kind.Stack, odds[i] / odds.Sum()), Math.Exp(learned[i].Mean) - 1))],
            Math.Sqrt((own * own) + (left / PeakTail.Variance)));
    }

    /// <summary>Probability of a kind given how the runs are sharded and gated, which a stack's runs have in common.</summary>
    private static double Given(StackWeight kind, PeakObservation run) =>
        kind.Given(StackWeight.GroupOf(run.Ways[0].Setup), run.Shape.FfnKind == Models.Blocks.FfnKind.Swiglu);

    private RunPeaks Peaks(PeakObservation run, StackWeight kind)
    {
        var traits = stacks.Find(kind.Stack).Memory.With(run.Kernels);
        return new(run, [.. Told(run, new(run.Shape, traits, constants))], [.. Told(run, new(run.Shape, traits, constants, learned: 1))]);
    }

    private static IEnumerable<(double Probability, double Bytes)> Told(PeakObservation run, MemoryModel model) =>
        run.Ways.SelectMany(way => run.Told(way.Probability, model, way.Setup));

    /// <summary>
    /// A run's predicted peaks, which are linear in what is learned: with nothing learned, and with as much again of what comes and goes.
    /// </summary>
    private sealed record RunPeaks(
        PeakObservation Seen, IReadOnlyList<(double Probability, double Bytes)> Plain,
        IReadOnlyList<(double Probability, double Bytes)> Doubled)
    {
        public double LogLikelihood(double kept, double spread) => -PeakLikelihood.Loss(
            Seen, Plain.Zip(Doubled, (plain, doubled) => (plain.Probability, plain.Bytes + (kept * (doubled.Bytes - plain.Bytes)))),
            spread);
    }

    /// <summary>A kind's odds, and the logarithm of its factor.</summary>
    private sealed record Posterior(double LogOdds, double Mean, double Variance)
    {
        public static Posterior Of(double prior, IReadOnlyList<RunPeaks> runs, double shared, double own)
        {
            var logs = Grid.Select(factor => LogPrior(factor, shared) + runs.Sum(run => run.LogLikelihood(Math.Exp(factor) - 1, own)))
                .ToArray();
            var most = logs.Max();
            var weights = logs.Select(log => Math.Exp(log - most)).ToArray();
            var all = weights.Sum();
            var mean = weights.Zip(Grid, (weight, factor) => weight * factor).Sum() / all;
            var variance = weights.Zip(Grid, (weight, factor) => weight * (factor - mean) * (factor - mean)).Sum() / all;
            return new(Math.Log(prior) + most + Math.Log(all), mean, variance);
        }

        private static double LogPrior(double factor, double shared) =>
            shared > 0 ? Math.Log(PeakTail.Density(factor / shared)) : factor == 0 ? 0 : double.NegativeInfinity;
    }
}
