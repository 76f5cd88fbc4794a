using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Project;

/// <summary>
/// Draws the bill of a project: final run F, experiments e·F, failed runs f·(1 + e)·F, evaluation v·(1 + e)·F, and what does not depend
/// on it. The final run is log-normal by its own interval; experiments and failures are log-normal about what was planned.
/// </summary>
/// <param name="demand">What the project does.</param>
/// <param name="profile">Where numbers that were not said come from.</param>
public sealed class ProjectModel(ProjectDemand demand, ProjectProfile profile)
{
    private const int Draws = 4000;

    /// <summary>The z of a ninth decile, by which a spread follows from an interval's upper end.</summary>
    private static readonly double Ninety = Normal.InvCDF(0, 1, 0.9);

    /// <summary>What a budget leaves for the final run, so that the rest is covered too with the probability asked.</summary>
    /// <param name="budgetUsd">The project's budget.</param>
    /// <param name="days">Days that the final run is taken to last, for people's waiting.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="InputException">What does not depend on the run costs more than the budget.</exception>
    public double FinalRunBudget(double budgetUsd, double days, int seed)
    {
        var random = new Xoshiro256StarStar(seed);
        var shares = new Distribution(Enumerable.Range(0, Draws).Select(_ => Multiple(Experiments(random), Failed(random))));
        var rest = budgetUsd - Fixed(days);
        return rest > 0
            ? rest / shares.Quantile(demand.Contingency)
            : throw new InputException(FormattableString.Invariant(
                $"budget_usd is {budgetUsd:0.##}, and data, storage and waiting alone cost {Fixed(days):0.##}: nothing is left for a run"));
    }

    /// <summary>The bill.</summary>
    /// <param name="medianUsd">The final run in half of the cases.</param>
    /// <param name="expectedUsd">The final run as expected.</param>
    /// <param name="ninetyUsd">The final run in nine of ten cases.</param>
    /// <param name="days">Days that the final run takes.</param>
    /// <param name="budgetUsd">The project's budget; null without one.</param>
    /// <param name="seed">Seed of the draws.</param>
    public ProjectBill Bill(double medianUsd, double expectedUsd, double ninetyUsd, double days, double? budgetUsd, int seed)
    {
        var random = new Xoshiro256StarStar(seed);
        var spread = ninetyUsd > medianUsd ? Math.Log(ninetyUsd / medianUsd) / Ninety : 0;
        var (finals, failed, evaluation, totals) = (new double[Draws], new double[Draws], new double[Draws], new double[Draws]);
        var experiments = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var final = medianUsd * Math.Exp(spread * Normal.Sample(random, 0, 1));
            var (done, again) = (Experiments(random), Failed(random));
            (finals[draw], experiments[draw]) = (final, done * final);
            (failed[draw], evaluation[draw]) = (again * (1 + done) * final, demand.EvaluationShare * (1 + done) * final);
            totals[draw] = Multiple(done, again) * final + Fixed(days);
        }
        var of = demand.Experiments > 0 ? 1 / demand.Experiments : 0;
        ProjectPart?[] parts =
        [
            Part("final-run", expectedUsd, finals, 1),
            Part("ablations", expectedUsd * demand.Ablations, experiments, demand.Ablations * of),
            Part("seeds", expectedUsd * demand.Seeds, experiments, demand.Seeds * of),
            Part("trials", expectedUsd * demand.Trials, experiments, demand.Trials * of),
            Part("failed-runs", expectedUsd * demand.FailedShare * (1 + demand.Experiments), failed, 1),
            Part("evaluation", expectedUsd * demand.EvaluationShare * (1 + demand.Experiments), evaluation, 1),
            Same("data", demand.DataUsd), Same("storage", demand.StorageUsd), Same("waiting", Waiting(days)),
        ];
        var bill = parts.OfType<ProjectPart>().ToList();
        var total = new Distribution(totals);
        return new(
            bill, bill.Sum(part => part.ExpectedUsd), total.Quantile(0.5), total.Quantile(demand.Contingency), demand.Contingency,
            budgetUsd,
            budgetUsd is { } budget ? FinalRunBudget(budget, days, seed) : null);
    }

    private ProjectPart? Part(string key, double expected, double[] draws, double share)
    {
        if (!(expected > 0))
            return null;
        var drawn = new Distribution(draws.Select(draw => draw * share));
        return Told(key, expected, drawn.Quantile(0.1), drawn.Quantile(0.9));
    }

    private ProjectPart? Same(string key, double usd) => usd > 0 ? Told(key, usd, usd, usd) : null;

    private ProjectPart Told(string key, double expected, double low, double high)
    {
        var source = demand.Assumed.Contains(key, StringComparer.Ordinal) ? profile.Of(key) : null;
        return new(key, expected, low, high, source is not null, source is null
            || source.Kind is SourceKind.Published or SourceKind.Documented,
            source?.SourceText() ?? "");
    }

    private double Multiple(double experiments, double failed) => (1 + experiments) * (1 + failed + demand.EvaluationShare);

    private double Fixed(double days) => demand.DataUsd + demand.StorageUsd + Waiting(days);

    private double Waiting(double days) => demand.People * demand.PersonUsdPerDay * days;

    private double Experiments(Random random) => LogNormal(demand.Experiments, demand.ExperimentLogSpread, random);

    private double Failed(Random random) => LogNormal(demand.FailedShare, demand.FailedLogSpread, random);

    /// <summary>A log-normal draw whose mean is the number planned.</summary>
    private static double LogNormal(double mean, double spread, Random random) =>
        mean * Math.Exp(spread * Normal.Sample(random, 0, 1) - spread * spread / 2);
}
