using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Communication;

/// <summary>
/// Ranks that share experts, by hand: four blocks of width 2048, three of them with 8 experts of three matrices of 2048 × 1024, of which a
/// token passes 2; 8 sequences of 2,048 tokens a rank, two bytes an element: 64 MiB go from block to block.
/// </summary>
public sealed class ExpertScheduleTests
{
    private const double Activation = 64 << 20, OfBlock = 8 * 3 * 2048.0 * 1024;

    private static readonly TransformerShape Shape = BlockWorkTests.Experts();
    private static readonly ShapeCosts Costs = ShapeCosts.Of(Shape, padsVocabulary: false);

    /// <summary>
    /// Two copies of each token, there and back, forward and backward, in three blocks: 3 · 4 · 2 · 64 MiB, all waited for; the fullest
    /// rank has 1.1 times that.
    /// </summary>
    [Theory]
    [InlineData(1, Recomputation.None, 12)]
    [InlineData(1.1, Recomputation.None, 12)]
    [InlineData(1, Recomputation.Full, 18)]
    public void Tokens_go_twice_forward_and_twice_backward(double imbalance, Recomputation recomputation, double times)
    {
        var setup = Setup("ep(4)", 8) with { ExpertImbalance = imbalance, Recomputation = recomputation };
        Span<CollectiveCall> calls = stackalloc CollectiveCall[4];
        var part = Costs.On(setup.Layout);
        Assert.Equal(1, new ModelSchedule(part, setup, elementBytes: 2).Expert(calls));
        Assert.Equal((CollectiveOperation.AllToAll, MeshAxis.Expert, false), (calls[0].Operation, calls[0].Axis, calls[0].Overlaps));
        Assert.Equal(times * 2 * Activation * imbalance, calls[0].Bytes * calls[0].Times, 1);
    }

    /// <summary>Under tensor and sequence parallelism each of two ranks sends its half of the tokens.</summary>
    [Fact]
    public void Under_sequence_parallelism_each_rank_sends_its_own_tokens()
    {
        var setup = Setup("tp(2)+sp+ep(4)", 8) with { ExpertImbalance = 1 };
        Span<CollectiveCall> calls = stackalloc CollectiveCall[4];
        new ModelSchedule(Costs.On(setup.Layout), setup, elementBytes: 2).Expert(calls);
        Assert.Equal(12 * 2 * Activation / 2, calls[0].Bytes * calls[0].Times, 1);
    }

    /// <summary>
    /// Eight replicas, four of them share the experts: all add up 4 bytes of everything else, pairs of ranks 4 bytes of a quarter of the
    /// experts. Where all eight share them, nobody has the same ones.
    /// </summary>
    [Fact]
    public void Gradients_of_experts_are_added_up_by_those_that_have_them()
    {
        var (dense, experts) = Reduced(Setup("ep(4)", 8));
        Assert.Equal(4 * (Costs.Parameters - 3 * OfBlock), dense, 1);
        Assert.Equal(4 * 3 * OfBlock / 4, experts, 1);
        Assert.Equal(0, Reduced(Setup("ep(8)", 8)).Experts);
    }

    /// <summary>Full sharding gathers experts twice in 16 bits among two ranks, a quarter of them in each.</summary>
    [Fact]
    public void Full_sharding_gathers_a_ranks_own_experts()
    {
        var schedule = CollectiveSchedule.Of(Costs, Setup("fsdp_full+ep(4)", 8), default, prefetches: true);
        double gathered = 0;
        foreach (var call in schedule.Calls)
            gathered += call is { Axis: MeshAxis.ExpertShards, Operation: CollectiveOperation.AllGather } ? call.Bytes * call.Times : 0;
        Assert.Equal(2 * 2 * 3 * OfBlock / 4, gathered, 1);
    }

    /// <summary>
    /// Two groups of eight, four ranks share the experts: two ranks of a group divide the same quarter of the experts, add up 4 bytes of it
    /// and gather 2 bytes twice, in each micro-batch; once a step the two groups add up a half of those 4 bytes. Of everything else eight
    /// ranks do as much, and the groups add up an eighth.
    /// </summary>
    [Fact]
    public void Full_sharding_in_groups_adds_experts_up_inside_them_and_among_them()
    {
        var (dense, experts) = (Costs.Parameters - 3 * OfBlock, 3 * OfBlock / 4);
        var root = Costs.Parameters - 4 * Costs.BlockParameters;
        Assert.Equal(
            [
                ("AllGather", "ExpertShards", CallPhase.MicroBatch, 2 * 2 * experts),
                ("AllGather", "Shards", CallPhase.MicroBatch, 2 * 2 * (dense - root) + 2 * root),
                ("AllReduce", "ExpertReplicas", CallPhase.Step, 4 * experts / 2),
                ("AllReduce", "Replicas", CallPhase.Step, 4 * dense / 8),
                ("ReduceScatter", "ExpertShards", CallPhase.MicroBatch, 4 * experts),
                ("ReduceScatter", "Shards", CallPhase.MicroBatch, 4 * dense),
            ],
            Sums(Setup("hsdp+ep(4)", 16)));
    }

    /// <summary>
    /// ZeRO-1 in groups of eight: all four ranks with the same experts add them up, the two of a group gather 4 bytes of what each has
    /// updated. In groups of two, fewer than share the experts, nothing of experts is divided nor gathered.
    /// </summary>
    [Theory]
    [InlineData("zero1(dp8)+ep(4)", 1)]
    [InlineData("zero1(dp2)+ep(4)", 0)]
    public void Optimizer_states_in_groups_gather_what_a_group_divides(string scheme, double gathers)
    {
        var sums = Sums(Setup(scheme, 16)).ToDictionary(sum => (sum.Operation, sum.Axis), sum => sum.Bytes);
        Assert.Equal(4 * 3 * OfBlock / 4, sums[("AllReduce", "ExpertCopies")], 1.0);
        Assert.Equal(gathers * 4 * 3 * OfBlock / 4, sums.GetValueOrDefault(("AllGather", "ExpertShards")), 1.0);
        Assert.Equal(4 * (Costs.Parameters - 3 * OfBlock), sums[("AllReduce", "Data")], 1.0);
        Assert.Equal(4 * (Costs.Parameters - 3 * OfBlock), sums[("AllGather", "Shards")], 1.0);
    }

    /// <summary>
    /// Tokens go over the links that their ranks lie on: eight ranks of a node never use the network, sixteen do.
    /// </summary>
    [Theory]
    [InlineData("hsdp+ep(8)", false)]
    [InlineData("hsdp(dp4)+ep(16)", true)]
    public void Tokens_use_the_network_where_their_ranks_lie_apart(string scheme, bool uses)
    {
        var shape = Shape with { Sequence = new(Wide(), 4) };
        double Seconds(double gbitS) =>
            ExampleSetups.Evaluate(shape, Setup(scheme, 16), link: new(600, gbitS, "test")).In("expert_parallel");
        Assert.Equal(uses, Seconds(100) > 1.01 * Seconds(400));
    }

    /// <summary>
    /// Pure bfloat16, two groups of eight, four ranks share the experts: what is sharded is an eighth of everything in each rank, experts
    /// too; in groups of two a half of everything else and a quarter of the experts.
    /// </summary>
    [Theory]
    [InlineData("hsdp(dp8)+ep(4)", 8, 8)]
    [InlineData("hsdp(dp2)+ep(4)", 2, 4)]
    public void Groups_keep_states_by_what_experts_leave(string scheme, double dense, double experts)
    {
        var setup = Setup(scheme, 16) with { Precision = Precision.Bf16Pure, GradAccum = 2 };
        var held = (Costs.Parameters - 3 * OfBlock) / dense + 3 * OfBlock / experts;
        var memory = new MemoryModel(Shape).Predict(setup);
        Assert.Equal(2 * held, memory.Parameters.Count, 1.0);
        Assert.Equal(2 * held, memory.Gradients.Count, 1.0);
        Assert.Equal(4 * held, memory.OptimizerStates.Count, 1.0);
    }

    /// <summary>
    /// Pure bfloat16, replicas: weights and gradients of 2 bytes, states of 4, of everything but the experts and a quarter of those. ZeRO-1
    /// over eight ranks keeps an eighth of all states, since two ranks have the same experts.
    /// </summary>
    [Fact]
    public void A_rank_keeps_its_own_experts()
    {
        var model = new MemoryModel(Shape);
        var local = Costs.Parameters - 3 * OfBlock + 3 * OfBlock / 4;
        var replicas = model.Predict(Setup("ep(4)", 8) with { Precision = Precision.Bf16Pure, GradAccum = 2 });
        Assert.Equal(2 * local, replicas.Parameters.Count, 1);
        Assert.Equal(2 * local, replicas.Gradients.Count, 1);
        Assert.Equal(4 * local, replicas.OptimizerStates.Count, 1);
        var zero = model.Predict(Setup("zero1+ep(4)", 8) with { Precision = Precision.Bf16Pure, GradAccum = 2 });
        Assert.Equal(4 * Costs.Parameters / 8, zero.OptimizerStates.Count, 1);
        Assert.Equal(2 * local, zero.Parameters.Count, 1);
    }

    /// <summary>
    /// Each rank reads a quarter of the experts' weights and their few rows are four times as many: the multiplies cost less, unless the
    /// fullest rank has so much more.
    /// </summary>
    [Fact]
    public void Fewer_experts_have_more_rows_and_an_uneven_router_takes_that_back()
    {
        double Matmul(string scheme, double imbalance) =>
            ExampleSetups.Evaluate(Shape, Setup(scheme, 8) with { ExpertImbalance = imbalance }).In("matmul");
        Assert.True(Matmul("ep(4)", 1) < Matmul("ddp", 1));
        Assert.True(Matmul("ep(4)", 2) > Matmul("ddp", 2));
        Assert.Equal(Matmul("ddp", 1), Matmul("ddp", 2));
        Assert.True(ExampleSetups.Evaluate(Shape, Setup("ep(4)", 8)).In("expert_parallel") > 0);
        Assert.Equal(0, ExampleSetups.Evaluate(Shape, Setup("ddp", 8)).In("expert_parallel"));
    }

    private static Block Wide() => ExampleSetups.Shape.UsualBlock with
    {
        FeedForward = new Experts { Count = 16, PerToken = 2, Width = 1024 },
    };

    private static (string Operation, string Axis, CallPhase Phase, double Bytes)[] Sums(TrainingSetup setup)
    {
        var calls = new List<CollectiveCall>();
        foreach (var call in CollectiveSchedule.Of(Costs, setup, default, prefetches: true).Calls)
            calls.Add(call);
        return [.. calls.GroupBy(call => (Operation: call.Operation.ToString(), Axis: call.Axis.ToString(), call.Phase))
            .OrderBy(group => group.Key.Operation, StringComparer.Ordinal).ThenBy(group => group.Key.Axis, StringComparer.Ordinal)
            .Select(group => (group.Key.Operation, group.Key.Axis, group.Key.Phase, group.Sum(call => call.Bytes * call.Times)))];
    }

    private static (double Dense, double Experts) Reduced(TrainingSetup setup)
    {
        double dense = 0, experts = 0;
        foreach (var call in CollectiveSchedule.Of(Costs, setup, default, prefetches: true).Calls)
        {
            dense += call.Axis == MeshAxis.Data ? call.Bytes * call.Times : 0;
            experts += call.Axis == MeshAxis.ExpertCopies ? call.Bytes * call.Times : 0;
        }
        return (dense, experts);
    }

    private static TrainingSetup Setup(string scheme, int gpus) => ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(gpus, 8) };
}
