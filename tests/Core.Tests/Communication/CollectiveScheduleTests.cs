using CsCheck;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Communication;

/// <summary>Bytes of the calls of a step against the volumes of the literature.</summary>
public sealed class CollectiveScheduleTests
{
    private const double All = 6e6, Block = 1e6, Blocks = 4, Root = 2e6;

    private static readonly ShapeCosts Shape =
        ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false) with { Layers = Blocks, Parameters = All, BlockParameters = Block };

    /// <summary>
    /// What the verification of the calibrator's training counts on real ranks (its <c>StepTraffic</c>), with A = 3 micro-batches: DDP adds
    /// up 4P once; ZeRO scatters 4P (stage 2 in each micro-batch) and gathers 4P; full sharding gathers every block twice and the root once
    /// and scatters 4P, each A times.
    /// </summary>
    [Theory]
    [InlineData("ddp", Precision.Fp32, 4 * All, 0, 0)]
    [InlineData("zero1", Precision.Fp32, 0, 4 * All, 4 * All)]
    [InlineData("zero2", Precision.Bf16Mixed, 0, 3 * 4 * All, 4 * All)]
    [InlineData("fsdp_full", Precision.Fp32, 0, 3 * 4 * All, 3 * (4 * Root + 2 * 4 * Blocks * Block))]
    [InlineData("fsdp_full", Precision.Bf16Mixed, 0, 3 * 4 * All, 3 * (4 * Root + 2 * 2 * Blocks * Block))]
    [InlineData("hsdp(dp2)", Precision.Fp32, 4 * All / 2, 3 * 4 * All, 3 * (4 * Root + 2 * 4 * Blocks * Block))]
    public void The_calibrators_training_moves_the_bytes_that_its_verification_counts(
        string scheme, Precision precision, double allReduced, double scattered, double gathered)
    {
        var setup = ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(4, 4), GradAccum = 3, Precision = precision };
        Assert.Equal(allReduced, Bytes(setup, CollectiveOperation.AllReduce, prefetches: false), 1);
        Assert.Equal(scattered, Bytes(setup, CollectiveOperation.ReduceScatter, prefetches: false), 1);
        Assert.Equal(gathered, Bytes(setup, CollectiveOperation.AllGather, prefetches: false), 1);
    }

    [Fact]
    public void Whether_a_stack_waits_changes_no_reduced_byte() =>
        (from scheme in Gen.Int[0, Scheme.All.Count - 1]
         from precision in Gen.Enum<Precision>()
         from nodes in Gen.Int[1, 4]
         select ExampleSetups.Setup with { Layout = Scheme.All[scheme].On(8 * nodes, 8), Precision = precision, GradAccum = 2 })
        .Sample(setup => new[] { CollectiveOperation.AllReduce, CollectiveOperation.ReduceScatter }.All(operation =>
            Math.Abs(Bytes(setup, operation, prefetches: true) - Bytes(setup, operation, prefetches: false)) < 1));

    [Fact]
    public void One_rank_sends_nothing() =>
        Assert.Equal(0, CollectiveSchedule.Of(Shape, ExampleSetups.Setup, default, prefetches: true).Calls.Length);

    /// <summary>Buckets of 25 MiB: blocks of 40 MB are one each, so that 16 calls and the root's are made.</summary>
    [Fact]
    public void Large_blocks_fill_a_bucket_each()
    {
        var schedule = CollectiveSchedule.Of(
            Shape with { Layers = 16, BlockParameters = 10e6, Parameters = 200e6 },
            ExampleSetups.Setup with { Layout = Scheme.Ddp.On(8, 8) }, default, prefetches: true);
        Assert.Equal((16, 40e6), (schedule.Calls[0].Times, schedule.Calls[0].Bytes));
        Assert.Equal((1, 160e6), (schedule.Calls[1].Times, schedule.Calls[1].Bytes));
    }

    private static double Bytes(in TrainingSetup setup, CollectiveOperation operation, bool prefetches)
    {
        var sum = 0.0;
        foreach (var call in CollectiveSchedule.Of(Shape, setup, default, prefetches).Calls)
            if (call.Operation == operation)
                sum += call.Times * call.Bytes * (call.Phase == CallPhase.MicroBatch ? setup.GradAccum : 1);
        return sum;
    }
}
