using CsCheck;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Planning;

public sealed class SearchTests
{
    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> Worlds =
        Gen.Select(PlanningWorld.Requests, PlanningWorld.Offers, (request, offers) =>
            (request, PlanningWorld.Inputs(offers) with { TriesSplits = request.Model!.Layers % 2 == 0 }));

    /// <summary>Of forty worlds one in fifteen lots has none in which sharing the model is best.</summary>
    private const int MostRounds = 10;

    [Fact]
    public void The_recommendation_is_the_best_of_all_candidates() =>
        Worlds.Sample(world =>
        {
            var outcome = SearchOutcome.Of(world.Request, world.Inputs);
            var kept = BruteForce.Candidates(world.Request, world.Inputs).Where(candidate => candidate.Keeps).ToList();
            if (kept.Count == 0)
                return outcome.Recommendation is null;
            var (best, second) = world.Request.Objective == Objective.Time
                ? kept.Min(candidate => (candidate.Hours, candidate.CostUsd))
                : kept.Min(candidate => (candidate.CostUsd, candidate.Hours));
            var priced = outcome.Recommendation!.Priced;
            return world.Request.Objective == Objective.Time
                ? Close(priced.Hours, best) && Close(priced.CostUsd, second)
                : Close(priced.CostUsd, best) && Close(priced.Hours, second);
        }, iter: 150);

    /// <summary>By hand: 5 and 3 divide neither 8 nor 16 devices, and the smallest device has no bf16.</summary>
    [Theory]
    [InlineData("zero1(dp5)", Precision.Bf16Mixed, "New-80GB")]
    [InlineData("hsdp(dp3)", Precision.Bf16Mixed, "New-80GB")]
    [InlineData("ddp", Precision.Bf16Mixed, "Old-16GB")]
    public void Clusters_on_which_nothing_asked_for_is_possible_are_left_out_for_that(string scheme, Precision precision, string gpu)
    {
        var request = PlanningWorld.Request(PlanningWorld.Shape(4, 512, 8), 1e9) with
        {
            MaxGpus = 16, Parallelisms = [Scheme.Parse(scheme)], Precisions = [precision],
        };
        var result = new Planner(PlanningWorld.Inputs(PlanningWorld.Offer(gpu, 8, 2, networkGbitS: 800))).Plan(request);
        Assert.Null(result.Recommendation);
        Assert.Equal([(Reason.NotAsAsked, 2L)], result.Rejected.Reasons.Select(reason => (reason.Reason, reason.Count)));
    }

    /// <summary>
    /// Of ways to share a model the search tries those that could be better than the best without; against all of them its recommendation
    /// stays the best.
    /// </summary>
    [Fact]
    public void No_way_to_share_the_model_that_is_left_out_is_better() =>
        Worlds.Sample(world =>
        {
            var outcome = SearchOutcome.Of(world.Request, world.Inputs with { TriesSplits = true });
            var kept = BruteForce.Candidates(world.Request, world.Inputs, isExhaustive: true).Where(candidate => candidate.Keeps).ToList();
            if (kept.Count == 0)
                return outcome.Recommendation is null;
            return outcome.Recommendation is { } found && (world.Request.Objective == Objective.Time
                ? found.Priced.Hours <= 1.0001 * kept.Min(candidate => candidate.Hours)
                : found.Priced.CostUsd <= 1.0001 * kept.Min(candidate => candidate.CostUsd));
        }, iter: 30);

    /// <summary>The same where terms and their spreads are those of the shipped fit, so that no coefficient is a round one.</summary>
    [Fact]
    public void Nor_is_one_with_fitted_terms() => Assert.True(
        Enumerable.Range(0, MostRounds).Any(_ => FrontsThatShareTheModel() > 0), "no way to share a model was on any front");

    /// <summary>Holds the search against all candidates; tells on how many fronts the model is shared.</summary>
    private static int FrontsThatShareTheModel()
    {
        var (shared, fitted) = (0, PerformanceFiles.Read(ProfileStore.Open(RepositoryProfiles.Folder)));
        Worlds.Sample(world =>
        {
            var inputs = world.Inputs with { TriesSplits = true, Performance = fitted };
            var outcome = SearchOutcome.Of(world.Request, inputs);
            var kept = BruteForce.Candidates(world.Request, inputs, isExhaustive: true).Where(candidate => candidate.Keeps).ToList();
            if (kept.Count == 0)
                return outcome.Recommendation is null;
            var found = outcome.Recommendation!.Priced;
            Interlocked.Add(ref shared, outcome.Front().Any(choice => choice.Priced.Evaluation.Setup.Layout.SplitsModel) ? 1 : 0);
            return world.Request.Objective == Objective.Time
                ? found.Hours <= 1.0001 * kept.Min(candidate => candidate.Hours)
                : found.CostUsd <= 1.0001 * kept.Min(candidate => candidate.CostUsd);
        }, iter: 40);
        return shared;
    }

    [Fact]
    public void The_front_is_what_no_candidate_beats() =>
        Worlds.Sample(world =>
        {
            var all = BruteForce.Candidates(world.Request, world.Inputs);
            var expected = all
                .Where(point => !all.Any(other => other.CostUsd <= point.CostUsd && other.Hours <= point.Hours
                    && (other.CostUsd < point.CostUsd || other.Hours < point.Hours)))
                .Select(point => (point.CostUsd, point.Hours)).Distinct().Order().ToList();
            var found = SearchOutcome.Of(world.Request, world.Inputs).Front().Select(choice => (choice.Priced.CostUsd, choice.Priced.Hours))
                .ToList();
            (expected, found) = (WithoutTies(expected), WithoutTies(found));
            return found.Count == expected.Count
                && found.Zip(expected).All(pair => Close(pair.First.CostUsd, pair.Second.CostUsd)
                    && Close(pair.First.Hours, pair.Second.Hours));
        }, iter: 150);

    [Fact]
    public void The_best_of_each_device_is_the_best_of_its_candidates() =>
        Worlds.Sample(world =>
        {
            var all = BruteForce.Candidates(world.Request, world.Inputs);
            return SearchOutcome.Of(world.Request with { Objective = Objective.Cost }, world.Inputs).BestPer(choice => choice.Gpu)
                .All(best =>
            {
                var own = all.Where(candidate => candidate.Gpu == best.Gpu).ToList();
                var pool = own.Any(candidate => candidate.Keeps) ? own.Where(candidate => candidate.Keeps) : own;
                return Close(best.Priced.CostUsd, pool.Min(candidate => candidate.CostUsd));
            });
        }, iter: 100);

    [Fact]
    public void Feasible_candidates_are_counted_one_by_one() =>
        Worlds.Sample(world =>
            SearchOutcome.Of(world.Request, world.Inputs).Offers().Sum(pair => pair.Result.Feasible)
            == BruteForce.Candidates(world.Request, world.Inputs).Count(candidate => candidate.Keeps), iter: 100);

    [Fact]
    public void Random_worlds_have_feasible_and_infeasible_requests_and_fronts_of_several_points()
    {
        var (feasible, infeasible, wide) = (0, 0, 0);
        Worlds.Sample(world =>
        {
            var outcome = SearchOutcome.Of(world.Request, world.Inputs);
            if (outcome.Recommendation is null)
                Interlocked.Increment(ref infeasible);
            else
                Interlocked.Increment(ref feasible);
            if (outcome.Front().Count > 1)
                Interlocked.Increment(ref wide);
        }, iter: 200);
        Assert.True(feasible > 20 && infeasible > 20 && wide > 20,
            $"{feasible} feasible, {infeasible} infeasible, {wide} with a wide front");
    }

    /// <summary>
    /// Losses in chunks and block inputs in the host's memory are candidates like others where they are asked for, and the host's memory
    /// bounds them.
    /// </summary>
    [Fact]
    public void Losses_and_offloads_that_are_asked_for_are_candidates() =>
        LongWorlds.Sample(world =>
        {
            var outcome = SearchOutcome.Of(world.Request, world.Inputs);
            var all = BruteForce.Candidates(world.Request, world.Inputs);
            var kept = all.Where(candidate => candidate.Keeps).ToList();
            if (outcome.Offers().Sum(pair => pair.Result.Feasible) != kept.Count)
                return false;
            return kept.Count == 0 ? outcome.Recommendation is null
                : Close(outcome.Recommendation!.Priced.CostUsd, kept.Min(candidate => candidate.CostUsd));
        }, iter: 150);

    /// <summary>The worlds above have set-ups of each kind that win, and hosts that are too small.</summary>
    [Fact]
    public void Long_worlds_choose_each_and_have_small_hosts()
    {
        var (chunked, fused, offloaded, small) = (0, 0, 0, 0);
        LongWorlds.Sample(world =>
        {
            var outcome = SearchOutcome.Of(world.Request, world.Inputs);
            if (outcome.Recommendation?.Priced.Evaluation.Setup is { } setup)
            {
                Interlocked.Add(ref chunked, setup.Loss.Form == LossForm.Chunked ? 1 : 0);
                Interlocked.Add(ref fused, setup.Loss.Form == LossForm.Fused ? 1 : 0);
                Interlocked.Add(ref offloaded, setup.KeepsInputsOnHost ? 1 : 0);
            }
            Interlocked.Add(ref small, outcome.Clusters.Any(cluster => cluster.OutOfHostMemory.Count > 0) ? 1 : 0);
        }, iter: 300);
        Assert.True(chunked > 5 && fused > 5 && offloaded > 5 && small > 5,
            $"{chunked} chunked, {fused} fused, {offloaded} offloaded, {small} small");
    }

    /// <summary>Long sequences on few devices, some with a stated host.</summary>
    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> LongWorlds = Gen.Select(
        PlanningWorld.Requests, PlanningWorld.Offers, PlanningWorld.AnyOf(8192, 32_768),
        PlanningWorld.AnyOf<LossForm[]?>(
            null, [LossForm.Chunked], [LossForm.Fused], [LossForm.Whole, LossForm.Fused], [LossForm.Whole, LossForm.Chunked]),
        PlanningWorld.AnyOf<Offload[]?>([Offload.Activations], [Offload.None, Offload.Activations], null),
        PlanningWorld.AnyOf<double?>(null, 1, 8, 64),
        (request, offers, seqLen, losses, offloads, host) => (
            request with
            {
                SeqLen = seqLen, GlobalBatchTokens = 262_144, Losses = losses, Offloads = offloads, Objective = Objective.Cost, MaxGpus = 4,
                LossChunks = losses is [LossForm.Chunked] ? 16 : null,
            },
            PlanningWorld.Inputs([.. offers.Select(offer => offer with { HostMemoryGib = host })]) with
            {
                TriesSplits = request.Model!.Layers % 2 == 0,
            }));

    /// <summary>Six machines for a term and three for two cost the same but for rounding: the faster of them stays.</summary>
    private static List<(double CostUsd, double Hours)> WithoutTies(List<(double CostUsd, double Hours)> front) =>
        [.. front.Where((point, i) => i == front.Count - 1 || !Close(point.CostUsd, front[i + 1].CostUsd))];

    private static bool Close(double found, double expected) => Math.Abs(found - expected) <= 1e-8 * Math.Abs(expected);
}
