using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Prediction;

namespace SlmPlanner.Core.Planning.Probes;

/// <summary>Works out which offers to measure before renting: prospects → probes → joint belief → savings → portfolio.</summary>
/// <param name="inputs">What the search drew on.</param>
public sealed class ProbeAnalysis(PlanningInputs inputs)
{
    /// <summary>More runs than this never change which is best: the others are dearer by far.</summary>
    private const int MostProspects = 48;

    /// <summary>The answer; null when nothing fits.</summary>
    /// <param name="outcome">A search, its request filled in.</param>
    /// <param name="probing">How probes are taken.</param>
    public ProbePlan? Plan(SearchOutcome outcome, ProbeRequest probing)
    {
        Choice[] runs = [.. outcome.BestPer(choice => $"{choice.Gpu} {choice.Gpus}").Take(MostProspects)];
        if (runs.Length == 0)
            return null;
        var offers = Offers(outcome, runs, probing).ToList();
        var beliefs = runs.Select(run => Belief(outcome.Request, run, outcome.Request.Stack))
            .Concat(offers.Select(offer => Belief(outcome.Request, offer.Run, probing.Stack ?? outcome.Request.Stack)));
        var covariance = SpeedBelief.Covariance([.. beliefs]);
        var prospects = runs.Select((run, index) => ProspectOf(outcome.Goal, run, covariance[index, index])).ToList();
        var gamble = new ProbeGamble(
            prospects, GoalOf(outcome), covariance,
            [.. offers.Select(_ => probing.LogError)], inputs.Seed, runs[0].Feasible ? 0 : null);
        return Write(runs, offers, gamble, HourWorthUsd(outcome), probing);
    }

    private static ProbePlan Write(
        Choice[] runs, List<ProbeOffer> offers, ProbeGamble gamble, double hourWorthUsd, ProbeRequest probing)
    {
        var now = runs[gamble.Now];
        double Worth(Saving saving) => saving.Usd + saving.Hours * hourWorthUsd;
        Probe[] probes = [.. offers.Select((offer, index) => offer.With(gamble.Of([index])))];
        int[] useful = [.. Enumerable.Range(0, probes.Length).Where(index => probes[index].ChangeProbability > 0)];
        var portfolio = new ProbePortfolio(
            useful.Length == probes.Length ? gamble : gamble.Only(useful), [.. useful.Select(index => probes[index].CostUsd)], Worth);
        var best = portfolio.Best(probing.BudgetUsd);
        var path = portfolio.Path(best);
        var regret = Worth(gamble.OfKnowing());
        Probe[] bought = [.. path[^1].Probes.Select(index => probes[useful[index]])];
        return new()
        {
            ChosenNow = ProbeOffer.Text(now),
            CostUsd = now.Priced.CostUsd,
            Hours = now.Priced.Hours,
            Probes = [.. probes.OrderByDescending(probe => Worth(new(probe.ExpectedSavingUsd, probe.ExpectedSavingH, 0)) - probe.CostUsd)
                .ThenBy(probe => probe.Offer, StringComparer.Ordinal)],
            Portfolio = bought,
            PortfolioUsd = best.CostUsd,
            ExpectedSavingUsd = best.Saving.Usd,
            ExpectedSavingH = best.Saving.Hours,
            RegretUsdBefore = regret,
            HourWorthUsd = hourWorthUsd > 0 ? hourWorthUsd : null,
            RegretUsdAfter = regret - Worth(best.Saving),
            Path = [.. path.Select(set => new RegretPoint(
                set.CostUsd, regret - Worth(set.Saving), set.Probes.Count == 0 ? null : probes[useful[set.Probes[^1]]].Offer))],
            Findings = [.. Findings(bought, best, regret, probes, probing)],
        };
    }

    private static IEnumerable<Finding> Findings(
        Probe[] bought, ProbeSet best, double regret, Probe[] probes, ProbeRequest probing)
    {
        yield return bought.Length > 0
            ? new ProbingPays(bought.Length, best.CostUsd, best.Saving.Usd, best.Saving.Hours)
            : new ProbingDoesNotPay(regret, probes.Length > 0 ? probes.Min(probe => probe.CostUsd) : null);
        yield return new ProbeErrorUnproven(probing.LogError);
    }

    /// <summary>
    /// Of each device among the runs the machine on which a probe is cheapest: without a term, and alone where it can be.
    /// </summary>
    private IEnumerable<ProbeOffer> Offers(SearchOutcome outcome, Choice[] runs, ProbeRequest probing)
    {
        var gpus = runs.Select(run => run.Gpu).ToHashSet(StringComparer.Ordinal);
        return outcome.Bests()
            .Where(choice => gpus.Contains(choice.Gpu) && choice.Offer.TermMonths is null)
            .Select(choice => new ProbeOffer(choice, probing.Minutes, CostUsd(outcome.Goal, choice, probing.Minutes)))
            .GroupBy(offer => offer.Run.Gpu)
            .OrderBy(offers => offers.Key, StringComparer.Ordinal)
            .Select(offers => offers.MinBy(offer => offer.CostUsd)!);
    }

    /// <summary>Rent for start-up and measuring, by the provider's rule of billing.</summary>
    private static double CostUsd(SearchGoal goal, Choice choice, double minutes)
    {
        var seconds = goal.Runs.UntilFirstStep(choice.Priced.Evaluation.Setup.Compile) + minutes * 60;
        var billed = goal.Risk.BillingOf(choice.Provider).Billed(seconds);
        return choice.Result.Nodes * choice.Result.PricedOffer.UsdPerNodeHour * billed / 3600;
    }

    private SpeedBelief Belief(PlanRequest request, Choice choice, string? stack) =>
        choice.Belief(inputs.Performance, request.Model!, stack, request.Confidence);

    /// <summary>
    /// A run whose expected cost and time, by its own spread, are those of the search: what steps of twice their time add is the steps'
    /// own, and the rest, with what is rounded up to whole hours, does not depend on it.
    /// </summary>
    private static Prospect ProspectOf(SearchGoal goal, Choice run, double variance)
    {
        var pricing = goal.PricingOn(run.Result.PricedOffer, run.Result.Nodes);
        var known = run.Priced.Evaluation with { LogSpread = 0 };
        var once = pricing.Expected(known, goal.Tokens);
        var twice = pricing.Expected(known with { StepSeconds = 2 * known.StepSeconds }, goal.Tokens);
        var (rentUsd, hours) = (twice.CostUsd - once.CostUsd, twice.Hours - once.Hours);
        var expected = Math.Exp(variance / 2);
        return new(rentUsd, run.Priced.CostUsd - (rentUsd * expected), hours, run.Priced.Hours - (hours * expected));
    }

    /// <summary>As the plan chooses: by time, by money, or by their balance at its recommendation.</summary>
    private static ProbeGoal GoalOf(SearchOutcome outcome) => outcome.Request.Objective == Objective.Time
        ? new(0, 1, outcome.Goal.Limits)
        : new(1, HourWorthUsd(outcome), outcome.Goal.Limits);

    /// <summary>
    /// What an hour sooner counts beside money, USD. Where time alone is made least, a probe must save what it costs all the same: an hour
    /// is then worth what was stated, else an hour's rent.
    /// </summary>
    private static double HourWorthUsd(SearchOutcome outcome)
    {
        var now = outcome.RecommendationOrNearest!.Priced;
        return outcome.Request.Objective switch
        {
            Objective.Balanced => outcome.Balance.UsdPerHour(now.CostUsd, now.Hours),
            Objective.Time => outcome.Request.DayWorthUsd / 24 ?? now.CostUsd / now.Hours,
            _ => 0,
        };
    }
}

/// <summary>A machine on which a probe may be taken.</summary>
/// <param name="Run">The best run on it, whose step is measured.</param>
/// <param name="Minutes">Minutes of measuring.</param>
/// <param name="CostUsd">What the probe costs.</param>
internal sealed record ProbeOffer(Choice Run, double Minutes, double CostUsd)
{
    /// <summary>The machine in a line.</summary>
    public static string Text(Choice run) =>
        $"{run.Gpus} x {run.Gpu}, {run.Provider} {run.Offer.InstanceType} "
        + $"{run.Offer.Region}{(run.Result.PricedOffer.Spot ? " (spot)" : "")}";

    /// <summary>The probe with what it alone is expected to save.</summary>
    public Probe With(Saving saving) => new(
        Text(Run), Run.Provider, Run.Offer.InstanceType, Run.Offer.Region, Run.Gpu, Run.Gpus, Minutes, CostUsd,
        saving.Usd, saving.Hours, saving.ChangeShare);
}

/// <summary>How probes are taken and what they may cost.</summary>
/// <param name="BudgetUsd">Most to spend on probes, USD; infinite for no limit.</param>
/// <param name="Minutes">Minutes of measuring on each machine, &gt; 0.</param>
/// <param name="Stack">The software that measures; null for the user's own, which the plan is for.</param>
/// <param name="LogError">
/// Standard deviation of the logarithm of predicted over true step time after such a measurement, of the device that was measured.
/// </param>
public sealed record ProbeRequest(double BudgetUsd, double Minutes, string? Stack, double LogError);
