using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Tests.Fitting;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Workloads;

public sealed class WorkloadResolverTests
{
    private static readonly Observation Observation = SyntheticRows.Record(12, 768, 8);

    [Fact]
    public void An_unknown_micro_batch_is_averaged_over_and_said_so()
    {
        var workload = SyntheticRows.Resolver.Resolve(Observation with { Recipe = Observation.Recipe with { MicroBatch = null } });
        Assert.True(workload.Setups.Count > 1);
        Assert.Contains(workload.Assumptions, note => note.StartsWith("micro_batch_per_gpu unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_length_is_averaged_over_and_said_so()
    {
        var workload = SyntheticRows.Resolver.Resolve(Observation with { Recipe = Observation.Recipe with { SeqLen = null } });
        Assert.Equal([512, 1024, 2048, 4096], workload.Setups.Select(setup => setup.SeqLen).Distinct().Order());
        Assert.Contains("seq_len unknown: averaged over", workload.Assumptions);
    }

    [Fact]
    public void A_missing_vocabulary_follows_from_the_stated_parameters()
    {
        var observation = Observation with { Model = Observation.Model with { Vocab = null, Parameters = 124e6 } };
        Assert.InRange(SyntheticRows.Resolver.Resolve(observation).Shape.Vocab, 49_000, 52_000);
    }

    [Theory]
    [InlineData(null, 64)]
    [InlineData(0, 64)]
    [InlineData(8, 8)]
    public void Optimizer_states_are_shared_by_the_ranks_that_are_stated(int? zero1Ranks, int ranks) =>
        Assert.Equal(ranks, SyntheticRows.Resolver.Resolve(Sharded(null, zero1Ranks)).Setups[0].OptimizerRanks);

    [Fact]
    public void A_stack_may_share_optimizer_states_inside_a_node_unless_told_otherwise()
    {
        var resolver = new WorkloadResolver(
            new DeviceCatalog([ExampleSetups.Device], new DeviceNames()),
            new SoftwareStackCatalog([new("near", ["near"], new() { Zero1InNode = true })], []));
        Assert.Equal(8, resolver.Resolve(Sharded("near", null)).Setups[0].OptimizerRanks);
        Assert.Equal(64, resolver.Resolve(Sharded("near", 0)).Setups[0].OptimizerRanks);
    }

    /// <summary>Groups that a column states hold beside other axes too; a group that the scheme states comes first.</summary>
    [Theory]
    [InlineData("zero1", 8, 8)]
    [InlineData("zero1+tp(2)", 8, 8)]
    [InlineData("zero1(dp4)+tp(2)", 8, 4)]
    [InlineData("zero1+tp(2)", 0, 32)]
    public void Groups_of_zero1_are_those_that_a_row_states(string scheme, int zero1Ranks, int ranks) => Assert.Equal(
        ranks, SyntheticRows.Resolver.Resolve(Sharded("megatron-lm", zero1Ranks) with { Mesh = new(Scheme.Parse(scheme), zero1Ranks) })
            .Setups[0].OptimizerRanks);

    [Fact]
    public void An_unstated_feed_forward_network_is_an_assumption_that_is_stated()
    {
        var workload = SyntheticRows.Resolver.Resolve(Observation with { Model = Observation.Model with { FfnKind = null } });
        Assert.Contains("ffn_kind taken as gelu", workload.Assumptions);
        Assert.Equal(FfnKind.Gelu, workload.Shape.FfnKind);
    }

    /// <summary>
    /// What a run says of its loss and of its host is in every way that it may have been run; a silent one has the stack's own.
    /// </summary>
    [Fact]
    public void The_form_of_the_loss_and_offloading_are_those_of_the_run()
    {
        var told = Observation.Recipe with { Loss = LossForm.Fused, Offload = Offload.Activations, Recomputation = Recomputation.Full };
        Assert.All(SyntheticRows.Resolver.Resolve(Observation with { Recipe = told }).Setups,
            setup => Assert.True(setup.Loss.Form == LossForm.Fused && setup.KeepsInputsOnHost));
        Assert.All(SyntheticRows.Resolver.Resolve(Observation).Setups,
            setup => Assert.True(setup.Loss.IsWhole && setup.Offload == Offload.None));
    }

    /// <summary>PyTorch 2.0 came in March 2023; a year alone tells nothing.</summary>
    [Theory]
    [InlineData("2022-08-16", "plain", true)]
    [InlineData("2023-02", "plain", true)]
    [InlineData("2023-03", "plain", false)]
    [InlineData("2023-2024", "plain", false)]
    [InlineData("2022", "plain", false)]
    [InlineData(null, "plain", false)]
    [InlineData("2022-08-16", "freeing", false)]
    public void Before_torch_2_gradients_stay_unless_the_stack_frees_them(string? date, string stack, bool keeps)
    {
        var resolver = new WorkloadResolver(
            new DeviceCatalog([ExampleSetups.Device], new DeviceNames()),
            new SoftwareStackCatalog([new("freeing", ["freeing"], null, new() { FreesGradients = true })], []));
        var observation = Observation with { From = new("source", date), Stack = new(stack) };
        Assert.Equal(keeps, resolver.Resolve(observation).Setups[0].KeepsGradients);
    }

    private static Observation Sharded(string? stack, int? zero1Ranks) => Observation with
    {
        Machine = Observation.Machine with { Gpus = 64, GpusPerNode = 8 },
        Stack = new(stack),
        Mesh = new(Scheme.Zero1, zero1Ranks),
    };

    [Fact]
    public void An_unknown_device_is_refused() =>
        Assert.Throws<InputException>(() => SyntheticRows.Resolver.Resolve(Observation with { Machine = new("abacus", 1) }));
}
