using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// What ranks keep that share a model with frozen weights, by hand: 16 blocks of width 2,048, one table of 50,304 words; rank 16 beside
/// queries and values, 2,097,152 parameters, of which mixed precision keeps 4 bytes each, 4 of gradients and 8 of moments.
/// </summary>
public sealed class SharedTuningMemoryTests
{
    private const double Adapters = 2_097_152, Table = 50_304.0 * 2048, OfExperts = 8 * 3 * 2048.0 * 1024,
        Quantised = 0.5 + (1 / 64.0) + (4 / 16_384.0);

    private static readonly double Parameters = ParameterCount.Of(ExampleSetups.Shape).Total;
    private static readonly double Block = ParameterCount.OfBlock(ExampleSetups.Shape);
    private static readonly Tuning Lora = new(TuningMethod.Lora, 16, AdapterTargets.Query | AdapterTargets.Value);

    /// <summary>
    /// Two tensor-parallel ranks have a half of the base each, and of 4,096 sides of an adapter 2,048 + 1,024. Two stages have eight blocks
    /// each and the table. Ranks that share a sequence have all of it.
    /// </summary>
    [Theory]
    [InlineData("tp(2)", 0.5, 0.75)]
    [InlineData("tp(2)+sp", 0.5, 0.75)]
    [InlineData("cp(2)", 1, 1)]
    public void A_rank_has_its_part_of_the_base_and_of_the_adapters(string scheme, double ofBase, double ofAdapters)
    {
        var memory = Predict(Setup(scheme, 2, Lora));
        Assert.Equal((2 * ofBase * Parameters) + (4 * ofAdapters * Adapters), memory.Parameters.Count, 1.0);
        Assert.Equal(8 * ofAdapters * Adapters, memory.OptimizerStates.Count, 1.0);
        Assert.Equal(4 * ofAdapters * Adapters, memory.Gradients.Count, 1.0);
    }

    /// <summary>Eight blocks and a table in 16 bits, or blocks in 4, and the adapters of eight blocks.</summary>
    [Theory]
    [InlineData(TuningMethod.Lora, 2)]
    [InlineData(TuningMethod.Qlora, Quantised)]
    public void A_stage_has_its_blocks_in_the_bits_of_the_base(TuningMethod method, double bytes)
    {
        var memory = Predict(Setup("pp(2)", 2, Lora with { Method = method }));
        Assert.Equal((bytes * 8 * Block) + (2 * Table) + (4 * Adapters / 2), memory.Parameters.Count, 1.0);
        Assert.Equal(8 * Adapters / 2, memory.OptimizerStates.Count, 1.0);
    }

    /// <summary>Of two tensor-parallel ranks and two that shard: a quarter of the base in 4 bits, 0.75/2 of the adapters.</summary>
    [Fact]
    public void Sharding_divides_what_tensor_parallelism_left()
    {
        var memory = Predict(Setup("fsdp_full+tp(2)+sp", 4, Lora with { Method = TuningMethod.Qlora }));
        Assert.Equal((((Quantised * 16 * Block) + (2 * (Parameters - (16 * Block)))) / 4) + (4 * 0.75 * Adapters / 2),
            memory.Parameters.Count, 1.0);
        Assert.Equal(8 * 0.75 * Adapters / 2, memory.OptimizerStates.Count, 1.0);
    }

    /// <summary>
    /// Four ranks share the experts of three blocks: a rank has a quarter of those and of their adapters, and all else. Sharded over eight
    /// ranks an eighth of everything.
    /// </summary>
    [Theory]
    [InlineData("ep(4)", 1, 4)]
    [InlineData("fsdp_full+ep(4)", 8, 8)]
    [InlineData("hsdp(dp2)+ep(4)", 2, 4)]
    public void A_rank_has_the_adapters_of_its_own_experts(string scheme, double usual, double routed)
    {
        var shape = BlockWorkTests.Experts();
        double whole = ParameterCount.Of(shape).Total, experts = 3 * OfExperts;
        const double OfUsual = 16 * ((4 * 4 * 4096.0) + (2 * 10_240)), OfRouted = 3 * 8 * 3 * 16 * 3072.0;
        var memory = new MemoryModel(shape).Predict(Setup(scheme, 8, new(TuningMethod.Lora, 16, AdapterTargets.All)));
        var trained = (OfUsual / usual) + (OfRouted / routed);
        Assert.Equal((2 * (((whole - experts) / usual) + (experts / routed))) + (4 * trained), memory.Parameters.Count, 1.0);
        Assert.Equal(8 * trained, memory.OptimizerStates.Count, 1.0);
    }

    /// <summary>
    /// The last 4 of 16 blocks are trained, a half of each on a rank; of four blocks the last, with a quarter of its experts on a rank.
    /// </summary>
    [Fact]
    public void The_last_blocks_are_divided_as_blocks_are()
    {
        var plain = Predict(Setup("tp(2)", 2, new(TuningMethod.Freeze, TrainedBlocks: 4)));
        Assert.Equal(8 * 4 * Block / 2, plain.OptimizerStates.Count, 1.0);
        Assert.Equal((4 * 4 * Block / 2) + (2 * (Parameters - (4 * Block)) / 2), plain.Parameters.Count, 1.0);
        var shape = BlockWorkTests.Experts();
        var last = ParameterCount.OfBlock(shape) - (0.75 * OfExperts);
        var memory = new MemoryModel(shape).Predict(Setup("ep(4)", 8, new(TuningMethod.Freeze, TrainedBlocks: 1)));
        Assert.Equal(8 * last, memory.OptimizerStates.Count, 1.0);
        Assert.Equal((4 * last) + (2 * (ParameterCount.Of(shape).Total - ParameterCount.OfBlock(shape) - (2 * 0.75 * OfExperts))),
            memory.Parameters.Count, 1.0);
    }

    /// <summary>On the host lie 14 bytes of what a rank trains, by its part.</summary>
    [Theory]
    [InlineData("ddp", 1)]
    [InlineData("tp(2)", 0.75)]
    [InlineData("pp(2)", 0.5)]
    public void The_host_holds_what_a_rank_trains(string scheme, double share) => Assert.Equal(14 * share * Adapters,
        new MemoryModel(ExampleSetups.Shape).HostBytes(Setup(scheme, 2, Lora) with { Optimizer = new() { OnHost = true } }), 1.0);

    private static MemoryBreakdown Predict(TrainingSetup setup) => new MemoryModel(ExampleSetups.Shape).Predict(setup);

    private static TrainingSetup Setup(string scheme, int gpus, Tuning tuning) =>
        ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(gpus, 8), Tuning = tuning, GradAccum = 2 };
}
