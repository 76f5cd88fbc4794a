using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Communication;

/// <summary>Bytes of a step that trains a part of the parameters, by hand.</summary>
public sealed class TunedScheduleTests
{
    /// <summary>Rank 16 on queries and values of 2048 × 2048 in 16 blocks.</summary>
    private const double Adapters = 2_097_152;

    private static readonly ShapeCosts Shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
    private static readonly double Blocks = 16 * Shape.BlockParameters, Root = Shape.Parameters - Blocks;

    /// <summary>Replicas add up 4 bytes of each adapter; ZeRO-1 scatters those and gathers as many.</summary>
    [Fact]
    public void Gradients_of_adapters_alone_are_added_up()
    {
        Assert.Equal(4 * Adapters, Bytes("ddp", TuningMethod.Lora, CollectiveOperation.AllReduce), 1e-3);
        Assert.Equal(4 * Adapters, Bytes("zero1", TuningMethod.Lora, CollectiveOperation.ReduceScatter), 1e-3);
        Assert.Equal(4 * Adapters, Bytes("zero1", TuningMethod.Lora, CollectiveOperation.AllGather), 1e-3);
    }

    /// <summary>
    /// Full sharding gathers all blocks twice and the root once: frozen 16-bit weights in 2 bytes, 4-bit ones in 0.5 + 1/64 + 4/16,384,
    /// adapters in 2 bytes; the root in 16 bits either way. It scatters 4 bytes of each adapter.
    /// </summary>
    [Theory]
    [InlineData(TuningMethod.Lora, 2)]
    [InlineData(TuningMethod.Qlora, 0.5 + (1 / 64.0) + (4 / 16_384.0))]
    public void Frozen_weights_are_gathered_as_they_are_kept(TuningMethod method, double bytes)
    {
        Assert.Equal(2 * (bytes * Blocks + 2 * Adapters) + 2 * Root, Bytes("fsdp_full", method, CollectiveOperation.AllGather), 1);
        Assert.Equal(4 * Adapters, Bytes("fsdp_full", method, CollectiveOperation.ReduceScatter), 1e-3);
    }

    /// <summary>The last two of sixteen blocks are trained: two of them are added up, and no root.</summary>
    [Fact]
    public void Gradients_of_the_last_blocks_alone_are_added_up() =>
        Assert.Equal(4 * 2 * Shape.BlockParameters, Bytes("ddp", TuningMethod.Freeze, CollectiveOperation.AllReduce), 1e-3);

    private static double Bytes(string scheme, TuningMethod method, CollectiveOperation operation)
    {
        var setup = ExampleSetups.Setup with
        {
            Layout = Scheme.Parse(scheme).On(8, 8),
            Tuning = new(method, 16, AdapterTargets.Query | AdapterTargets.Value, TrainedBlocks: 2),
        };
        var sum = 0.0;
        foreach (var call in CollectiveSchedule.Of(Shape, setup, default, prefetches: true).Calls)
            sum += call.Operation == operation ? call.Bytes * call.Times : 0;
        return sum;
    }
}
