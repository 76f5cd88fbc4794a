using CsCheck;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Planning;

/// <summary>
/// The search against all candidates where ranks share experts, and where they share a model with frozen weights. In half of the worlds
/// ways to share the model are tried wherever they could be better, in the others where nothing else fits.
/// </summary>
public sealed class SharedModelSearchTests
{
    private static readonly Gen<TransformerShape> Mixtures = Gen.Select(
        Gen.Int[1, 6], Gen.Int[1, 3], PlanningWorld.AnyOf(4, 8, 12), Gen.Int[1, 2], Gen.Int[1, 4],
        (layers, width, count, perToken, wide) => Mixture(layers, 1024 * width, count, perToken, 2048 * wide));

    private static readonly Gen<Tuning> Tunings = PlanningWorld.AnyOf(
        new Tuning(TuningMethod.Lora, 16, AdapterTargets.All), new Tuning(TuningMethod.Qlora, 64),
        new Tuning(TuningMethod.Freeze, TrainedBlocks: 1));

    /// <summary>Models with experts are no models of the law of losses: tokens and model are given.</summary>
    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> ExpertWorlds =
        Worlds(Gen.Select(PlanningWorld.Requests, Mixtures, (request, model) => request with { Model = model }));

    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> FrozenWorlds = Tuned(Tunings),
        StagedWorlds = Tuned(PlanningWorld.AnyOf(new Tuning(TuningMethod.Freeze, TrainedBlocks: 1),
            new Tuning(TuningMethod.Freeze, TrainedBlocks: 2)));

    /// <summary>Lots of forty worlds are drawn until one has a world in which sharing is on the front.</summary>
    private const int MostLots = 10;

    [Fact]
    public void No_way_to_share_experts_that_is_left_out_is_better() => Assert.True(
        Enumerable.Range(0, MostLots).Any(_ => Against(ExpertWorlds, setup => setup.Mesh.Expert > 1) > 0),
        "no world had a front on which ranks share experts");

    [Fact]
    public void No_way_to_share_a_model_with_frozen_weights_that_is_left_out_is_better() => Assert.True(
        Enumerable.Range(0, MostLots).Any(_ => Against(FrozenWorlds, setup => setup.Layout.SplitsModel) > 0),
        "no world had a front on which ranks share the model");

    [Fact]
    public void No_division_of_frozen_blocks_into_stages_that_is_left_out_is_better() => Assert.True(
        Enumerable.Range(0, MostLots).Any(_ => Against(StagedWorlds, setup => setup.Mesh.Pipeline > 1) > 0),
        "no world had a front on which frozen blocks are stages");

    /// <summary>
    /// Unasked, experts are shared where nothing else fits: blocks of 8.9 billion parameters on devices of 40 GiB, whose full sharding
    /// gathers a block. Asked for, in groups too.
    /// </summary>
    [Fact]
    public void Experts_are_shared_where_a_block_of_them_fits_no_device()
    {
        var inputs = PlanningWorld.Inputs(PlanningWorld.Offer("Mid-40GB", 8, 2, networkGbitS: 800));
        var request = PlanningWorld.Request(Mixture(2, 4096, 64, 2, 11_264), 1e9) with { MaxGpus = 64, GlobalBatchTokens = 1_048_576 };
        var found = SearchOutcome.Of(request, inputs).Recommendation!.Priced.Evaluation.Setup;
        Assert.True(found.Mesh.Expert > 1, $"{Scheme.Of(found.Layout)}");
        var asked = request with { Parallelisms = [Scheme.Parse("hsdp(dp32)+ep(8)")] };
        var mesh = SearchOutcome.Of(asked, inputs).Recommendation!.Priced.Evaluation.Setup.Mesh;
        Assert.Equal((8, 32, 4), (mesh.Expert, mesh.Shards, mesh.ExpertShards));
        Assert.Empty(PlanRequestRules.Problems(asked, inputs));
        Assert.Contains("ranks of a group", Assert.Single(PlanRequestRules.Problems(
            asked with { Parallelisms = [Scheme.Parse("zero1(dp12)+ep(8)")] }, inputs)), StringComparison.Ordinal);
    }

    /// <summary>Dense models meet no layout with experts: what is tried unasked is what it was.</summary>
    [Fact]
    public void Models_without_experts_have_as_many_layouts_as_before() => PlanningWorld.Shapes.Sample(shape =>
    {
        var layouts = SplitLayouts.Of(shape, new(PlanningWorld.Devices["New-80GB"], 8, null), 4, 1024).ToList();
        Assert.All(layouts, layout => Assert.Equal((1, false), (layout.Mesh.Expert, layout.Scheme == SchemeName.Hsdp)));
    });

    /// <summary>Holds the search against all candidates; tells how many fronts have a setup of a kind.</summary>
    private static int Against(Gen<(PlanRequest Request, PlanningInputs Inputs)> worlds, Func<TrainingSetup, bool> kind)
    {
        var found = 0;
        worlds.Sample(world =>
        {
            var outcome = SearchOutcome.Of(world.Request, world.Inputs);
            var tried = BruteForce.Candidates(world.Request, world.Inputs).Where(candidate => candidate.Keeps).ToList();
            Interlocked.Add(ref found, outcome.Front().Any(choice => kind(choice.Priced.Evaluation.Setup)) ? 1 : 0);
            Assert.Equal(tried.Count == 0, outcome.Recommendation is null);
            if (outcome.Recommendation is not { Priced: var best })
                return;
            var all = world.Inputs.TriesSplits
                ? [.. BruteForce.Candidates(world.Request, world.Inputs, isExhaustive: true).Where(candidate => candidate.Keeps)]
                : tried;
            if (world.Request.Objective == Objective.Time)
                Assert.InRange(best.Hours, 0, 1.0001 * all.Min(candidate => candidate.Hours));
            else
                Assert.InRange(best.CostUsd, 0, 1.0001 * all.Min(candidate => candidate.CostUsd));
        }, iter: 40);
        return found;
    }

    private static Gen<(PlanRequest Request, PlanningInputs Inputs)> Worlds(Gen<PlanRequest> requests) => Gen.Select(
        requests, PlanningWorld.Offers, Gen.Bool,
        (request, offers, tries) => (request, PlanningWorld.Inputs(offers) with { TriesSplits = tries }));

    private static Gen<(PlanRequest Request, PlanningInputs Inputs)> Tuned(Gen<Tuning> tunings) =>
        Worlds(Gen.Select(PlanningWorld.Requests, tunings, PlanningWorld.AnyOf(2, 4), (request, tuning, wider) => request with
        {
            Tuning = tuning, Model = PlanningWorld.Shape(request.Model!.Layers, wider * request.Model.DModel, request.Model.Heads),
        }));

    private static TransformerShape Mixture(int layers, int width, int count, int perToken, int inner)
    {
        var shape = PlanningWorld.Shape(layers, width, 8);
        var experts = new Experts { Count = count, PerToken = perToken, Width = inner };
        return shape with { Name = "mixture", Sequence = new(shape.UsualBlock with { FeedForward = experts }, layers) };
    }
}
