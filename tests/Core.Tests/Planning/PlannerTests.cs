using CsCheck;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

using Objective = SlmPlanner.Core.Planning.Requests.Objective;


namespace SlmPlanner.Tests.Planning;

public sealed class PlannerTests
{
    /// <summary>
    /// A limit of the request's own: the month assumed without any is dropped when nothing keeps it, which asks another question.
    /// </summary>
    private const double OwnDeadlineHours = 10_000;

    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> Worlds =
        Gen.Select(PlanningWorld.Requests, PlanningWorld.Offers, (request, offers) => (request, PlanningWorld.Inputs(offers)));

    [Fact]
    public void No_number_of_a_plan_is_nan_or_infinite() =>
        Worlds.Sample(world => PlanNumbers.Of(new Planner(world.Inputs).Plan(world.Request)).All(double.IsFinite), iter: 60);

    [Fact]
    public void The_plan_is_the_same_whatever_the_number_of_workers() =>
        Worlds.Sample(world =>
        {
            var plans = new[] { 1, 2, 5 }.Select(workers => PlanNumbers.Text(new Planner(world.Inputs, workers).Plan(world.Request)))
                .Distinct();
            return plans.Count() == 1;
        }, iter: 40);

    [Fact]
    public void The_plan_does_not_depend_on_the_order_of_the_catalog() =>
        Worlds.Sample(world =>
        {
            var reversed = world.Inputs with { Offers = [.. world.Inputs.Offers.Reverse()] };
            return PlanNumbers.Text(new Planner(world.Inputs).Plan(world.Request)) == PlanNumbers.Text(new Planner(reversed)
                .Plan(world.Request));
        }, iter: 40);

    [Fact]
    public void More_tokens_are_never_cheaper() =>
        Worlds.Sample(world =>
        {
            var (few, many) = (Cheapest(world.Request, world.Inputs),
                Cheapest(world.Request with { Tokens = world.Request.Tokens * 1.5 }, world.Inputs));
            return few is null || many is null || many >= few;
        }, iter: 60);

    [Fact]
    public void More_budget_is_never_slower() =>
        Worlds.Sample(world =>
        {
            var request = world.Request with { Objective = Objective.Time, BudgetUsd = world.Request.BudgetUsd ?? 100 };
            var (less, more) = (Plan(request, world.Inputs), Plan(request with { BudgetUsd = request.BudgetUsd * 2 }, world.Inputs));
            return less is null || more!.Hours <= less.Hours;
        }, iter: 60);

    [Fact]
    public void More_budget_is_never_a_higher_loss() =>
        Gen.Select(Worlds, Gen.Double[1, 20]).Sample((world, factor) =>
        {
            var request = world.Request with { Objective = Objective.Loss, Model = null, Tokens = null, BudgetUsd = world.Request.BudgetUsd
                ?? 100 };
            var (less, more) = (Plan(request, world.Inputs), Plan(request with { BudgetUsd = request.BudgetUsd * factor }, world.Inputs));
            return less is null || Loss(more!) <= Loss(less) + 1e-9;
        }, iter: 30);

    /// <summary>
    /// At one micro-batch and with splits tried wherever they may win. Of several micro-batches the largest that fits is tried beside the
    /// powers of two, and splits join unasked only where nothing else fits: both depend on the confidence, so that a surer plan may find
    /// what a less sure one does not try.
    /// </summary>
    [Fact]
    public void Higher_confidence_is_never_cheaper() =>
        Gen.Select(Worlds, Gen.Int[0, 4]).Sample((world, doublings) =>
        {
            var request = world.Request with
            {
                Objective = Objective.Cost, DeadlineHours = world.Request.DeadlineHours ?? OwnDeadlineHours, MicroBatch = 1 << doublings,
            };
            var inputs = world.Inputs with { TriesSplits = true };
            var (sure, unsure) = (Plan(request with { Confidence = 0.95 }, inputs), Plan(request with { Confidence = 0.6 }, inputs));
            return sure is null || unsure!.CostUsd <= sure.CostUsd;
        }, iter: 60);

    [Fact]
    public void A_longer_deadline_never_costs_more() =>
        Gen.Select(Worlds, Gen.Double[0, 3]).Sample((world, more) =>
        {
            var request = world.Request with { Objective = Objective.Cost, DeadlineHours = world.Request.DeadlineHours ?? 100 };
            var (less, longer) = (Plan(request, world.Inputs),
                Plan(request with { DeadlineHours = Math.Min(80_000, request.DeadlineHours.Value * Math.Pow(10, more)) }, world.Inputs));
            return less is null || longer!.CostUsd <= less.CostUsd;
        }, iter: 60);

    [Fact]
    public void A_cheaper_price_never_makes_an_offer_rank_lower() =>
        Gen.Select(Worlds, Gen.Int[0, 99], Gen.Double[0.05, 1]).Sample((world, pick, factor) =>
        {
            var offers = world.Inputs.Offers.Select((offer, i) => offer with { InstanceType = $"machine-{i}" }).ToList();
            var one = offers[pick % offers.Count];
            var cheaper = one with { OnDemandUsdPerHour = one.OnDemandUsdPerHour * factor, SpotUsdPerHour = one.SpotUsdPerHour * factor };
            int? RankIn(IReadOnlyList<Offer> catalog) => Rank(world.Request, world.Inputs with { Offers = catalog }, one.InstanceType);
            return !(RankIn([.. offers.Select(offer => offer == one ? cheaper : offer)]) > RankIn(offers));
        }, iter: 80);

    [Fact]
    public void Every_remedy_makes_the_request_feasible() =>
        Worlds.Sample(world =>
        {
            var planner = new Planner(world.Inputs);
            return planner.Plan(world.Request).Remedies.All(remedy => planner.Plan(Mended(world, remedy)).Recommendation is not null);
        }, iter: 60);

    [Fact]
    public void A_remedy_is_the_least_that_works()
    {
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2, networkGbitS: 400));
        var request = PlanningWorld.Request(PlanningWorld.Shape(12, 768, 12), 5e9) with { BudgetUsd = 1, DeadlineHours = 1000 };
        var needed = new Planner(inputs).Plan(request).Remedies.Single(remedy => remedy.Change == "raise-budget").Needed;
        Assert.NotNull(new Planner(inputs).Plan(request with { BudgetUsd = needed }).Recommendation);
        Assert.Null(new Planner(inputs).Plan(request with { BudgetUsd = needed * 0.999 }).Recommendation);
    }

    [Fact]
    public void Every_candidate_is_counted_once() =>
        Worlds.Sample(world =>
        {
            var rejected = new Planner(world.Inputs).Plan(world.Request).Rejected;
            return rejected.Evaluated == rejected.Feasible + rejected.Reasons.Sum(reason => reason.Count);
        }, iter: 60);

    [Fact]
    public void Limits_are_kept_with_the_asked_probability() =>
        Worlds.Sample(world =>
        {
            var best = Plan(world.Request, world.Inputs);
            return (best?.BudgetKeptProbability ?? 1) >= world.Request.Confidence - 1e-6
                && (best?.DeadlineKeptProbability ?? 1) >= world.Request.Confidence - 1e-6;
        }, iter: 60);

    /// <summary>The front is found limits aside, so that it has candidates of both kinds.</summary>
    [Fact]
    public void Every_candidate_states_whether_it_keeps_each_limit() =>
        Worlds.Sample(world =>
        {
            var (confidence, plan) = (world.Request.Confidence, new Planner(world.Inputs).Plan(world.Request));
            bool Agree(bool? kept, double? probability) =>
                kept is null == probability is null
                && (kept is null || Math.Abs(probability!.Value - confidence) < 1e-6 || kept == probability > confidence);
            return plan.Alternatives.Concat(plan.BestPerGpu).All(candidate =>
                Agree(candidate.BudgetKept, candidate.BudgetKeptProbability)
                && Agree(candidate.DeadlineKept, candidate.DeadlineKeptProbability));
        }, iter: 60);

    [Fact]
    public void Without_limits_the_deadline_is_thirty_days_and_said_so()
    {
        var plan = new Planner(PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2)))
            .Plan(PlanningWorld.Request(PlanningWorld.Shape(12, 768, 12), 1e9));
        Assert.Equal(RequestDefaults.LongestRunHours, plan.Request.DeadlineHours);
        Assert.Contains(plan.Findings, finding => finding.Id == "default-deadline");
    }

    [Fact]
    public void A_utilisation_above_the_measured_ones_is_warned_of()
    {
        var candidate = Plan(PlanningWorld.Request(PlanningWorld.Shape(12, 768, 12), 1e9),
            PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2)))!;
        AboveMeasured? At(double utilisation, string measured) =>
            BeyondMeasured.Of(candidate with { Mfu = utilisation }, Measured(measured, 0.4, 0.5));
        Assert.Null(At(0.45, candidate.Gpu));
        Assert.Equal((2, true), (At(0.55, candidate.Gpu)!.Rows, At(0.55, candidate.Gpu)!.SameDevice));
        Assert.Null(At(0.45, "another"));
        Assert.False(At(0.55, "another")!.SameDevice);
        Assert.Null(BeyondMeasured.Of(candidate with { Mfu = 0.9 }, FittedModel.Prior));
    }

    [Fact]
    public void Machines_without_a_known_network_are_not_joined()
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(12, 768, 12), 1e9) with { Objective = Objective.Time };
        Assert.Equal(8, Plan(request, PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2)))!.Gpus);
        Assert.True(Plan(request, PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2, networkGbitS: 400)))!.Gpus > 8);
    }

    /// <summary>
    /// A model of 24 blocks of 2048 at 128k tokens on one 80-GB device: nothing fits but with a loss in chunks and inputs on the host,
    /// and a host of 8 GiB is too small for those 24 GiB.
    /// </summary>
    [Fact]
    public void Where_nothing_fits_less_memory_is_suggested_and_a_host_may_be_too_small()
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(24, 2048, 16), 1e8) with { SeqLen = 131_072, GlobalBatchTokens = 131_072 };
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("New-80GB", 1, 2));
        var remedies = new Planner(inputs).Plan(request with { MaxGpus = 1 }).Remedies;
        var remedy = Assert.Single(remedies, one => one.Change is "fuse-loss" or "offload-activations");
        var mended = Mended((request with { MaxGpus = 1 }, inputs), remedy);
        Assert.NotNull(Plan(mended, inputs));
        var small = PlanningWorld.Inputs(PlanningWorld.Offer("New-80GB", 1, 2) with { HostMemoryGib = 8 });
        var hosted = request with { MaxGpus = 1, Losses = [LossForm.Fused], Offloads = [Offload.Activations] };
        var rejected = new Planner(small).Plan(hosted).Rejected.Reasons.Single(reason => reason.Reason == Reason.OutOfHostMemory);
        var miss = Assert.IsType<HostMiss>(rejected.NearestMiss);
        Assert.Equal((24 * 131_072.0 * 2048 * 4, 0.8 * 8 * (1L << 30)), (miss.NeededBytes, miss.UsableBytes));
        Assert.NotNull(Plan(hosted, PlanningWorld.Inputs(PlanningWorld.Offer("New-80GB", 1, 2) with { HostMemoryGib = 64 })));
    }

    /// <summary>
    /// An evaluation that training's peak covers changes nothing but what was asked; a larger one decides the peak, and the finding says
    /// what would not; of one that fits no device the largest that does is named.
    /// </summary>
    [Fact]
    public void An_evaluation_must_fit_beside_the_training()
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(12, 768, 12), 1e9);
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("New-80GB", 1, 2));
        PlanResult Of(int? sequences) => new Planner(inputs).Plan(request with { EvalBatch = sequences });
        var (alone, covered) = (Of(null), Of(1));
        Assert.Null(alone.Recommendation!.EvalBatch);
        Assert.Equal(alone.Recommendation.PeakMemoryBytes, covered.Recommendation!.PeakMemoryBytes);
        Assert.Equal((1, null), (covered.Recommendation.EvalBatch, covered.Recommendation.EvaluationPeak));
        Assert.DoesNotContain(covered.Findings, finding => finding is EvaluationDecidesMemory);

        var most = EvaluationPeak.Largest(
            new TrainingSetup { EvalBatch = 100_000 }, tried => Of(tried.EvalBatch).Recommendation is not null);
        var large = Of(most);
        var found = Assert.IsType<EvaluationDecidesMemory>(Assert.Single(large.Findings, finding => finding is EvaluationDecidesMemory));
        Assert.Equal((most, large.Recommendation!.PeakMemoryBytes), (found.Evaluation.Sequences, found.PeakBytes));
        Assert.Null(Of(found.Evaluation.CoveredSequences).Recommendation!.EvaluationPeak);

        var tooLarge = Of(most + 1);
        Assert.Null(tooLarge.Recommendation);
        var smaller = Assert.Single(tooLarge.Remedies.OfType<SmallerEvaluation>());
        Assert.InRange(smaller.Sequences, 1, most);
        Assert.NotNull(Of(smaller.Sequences).Recommendation);
    }

    private static FittedModel Measured(string device, params double[] shares) => new(
        [], [.. shares.Select(share => new FittedRow("row", new() { Device = device }, new double[StepTimeEquation.CoefficientCount], 1, 0,
            share))],
        IntervalScales.None, true);

    private static Candidate? Plan(PlanRequest request, PlanningInputs inputs) => new Planner(inputs).Plan(request).Recommendation;

    /// <summary>How many machine types are better than the one named; null when it runs nothing.</summary>
    private static int? Rank(PlanRequest request, PlanningInputs inputs, string instanceType)
    {
        var outcome = SearchOutcome.Of(request with { DeadlineHours = request.DeadlineHours ?? 1000 }, inputs, 1);
        var best = outcome.BestPer(choice => choice.Offer.InstanceType);
        var own = best.FirstOrDefault(choice => choice.Offer.InstanceType == instanceType);
        return own is null ? null : best.Count(choice => choice.Feasible && !own.Feasible
            || choice.Feasible == own.Feasible && outcome.Order.IsBetter(choice.Priced, own.Priced));
    }

    private static double? Cheapest(PlanRequest request, PlanningInputs inputs) =>
        Plan(request with { Objective = Objective.Cost, BudgetUsd = null, DeadlineHours = request.DeadlineHours ?? OwnDeadlineHours },
            inputs)?.CostUsd;

    private static double Loss(Candidate candidate) => PlanningWorld.Law.Loss(candidate.ModelParameters, candidate.Tokens);

    private static PlanRequest Mended((PlanRequest Request, PlanningInputs Inputs) world, Remedy remedy) => remedy.Change switch
    {
        "raise-budget" => world.Request with { BudgetUsd = remedy.Needed },
        "extend-deadline" => world.Request with { DeadlineHours = remedy.Needed },
        "fewer-tokens" => world.Request with { Tokens = remedy.Needed },
        "fuse-loss" => world.Request with { Losses = [LossForm.Whole, LossForm.Fused] },
        "offload-activations" => world.Request with
        {
            Losses = [LossForm.Whole, LossForm.Fused], Offloads = [Offload.None, Offload.Activations],
        },
        "smaller-model" => world.Request with { Model = world.Inputs.Models.Single(model => model.Name == ((SmallerModel)remedy).Model) },
        _ => throw new InputException(remedy.Change),
    };
}
