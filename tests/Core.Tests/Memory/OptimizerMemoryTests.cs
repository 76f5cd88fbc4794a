using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// States of each optimizer and of frozen models by hand, on the small model of <see cref="MemoryComponentTests"/>: N = 99,008 parameters,
/// 3·30,848 = 92,544 of them in blocks, width 64.
/// </summary>
public sealed class OptimizerMemoryTests
{
    private const double Parameters = 99_008, InBlocks = 92_544;

    private static readonly TransformerShape Shape = new()
    {
        Name = "small", Layers = 3, DModel = 64, Heads = 4, KvHeads = 2, HeadDim = 16, DFfn = 96, FfnKind = FfnKind.Swiglu, Vocab = 100,
            TiedEmbeddings = true,
    };

    private static readonly TrainingSetup One = new(
        32, 2, 1, Scheme.Ddp.On(1, 8), Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);

    /// <summary>
    /// Two fp32 moments; 1 + 4/256 bytes twice; 2/64 elements; one; one for matrices of blocks, two else; six and two; none.
    /// </summary>
    [Theory]
    [InlineData(OptimizerKind.AdamW, 8 * Parameters)]
    [InlineData(OptimizerKind.AdamWFused, 8 * Parameters)]
    [InlineData(OptimizerKind.AdamW8Bit, 2.03125 * Parameters)]
    [InlineData(OptimizerKind.Adafactor, 4 * Parameters / 32)]
    [InlineData(OptimizerKind.Lion, 4 * Parameters)]
    [InlineData(OptimizerKind.Muon, (4 * InBlocks) + (8 * (Parameters - InBlocks)))]
    [InlineData(OptimizerKind.Soap, (24 * InBlocks) + (8 * (Parameters - InBlocks)))]
    [InlineData(OptimizerKind.Sgd, 0)]
    public void States(OptimizerKind kind, double bytes) =>
        Assert.Equal(bytes, Bytes("optimizer_states", One with { Optimizer = new(kind) }), 1e-6);

    /// <summary>On the host or paged there are none on the device; ZeRO divides them by its ranks.</summary>
    [Fact]
    public void States_elsewhere()
    {
        Assert.Equal(0, Bytes("optimizer_states", One with { Optimizer = new(OnHost: true) }));
        Assert.Equal(0, Bytes("gradients", One with { Optimizer = new(OnHost: true), GradAccum = 2 }));
        Assert.Equal(0, Bytes("optimizer_states", One with { Optimizer = new(OptimizerKind.AdamW8Bit, Paged: true) }));
        Assert.Equal(Parameters, Bytes("optimizer_states",
            One with { Optimizer = new(OptimizerKind.Lion), Layout = Scheme.Zero1.On(4, 8) }), 1e-6);
    }

    /// <summary>Updated as they come, gradients are alive for one unit: the largest has 30,848 parameters of 4 bytes.</summary>
    [Fact]
    public void Gradients_of_an_update_in_the_backward_pass() =>
        Assert.Equal(4 * 30_848.0, Bytes("gradients", One with { Optimizer = new(InBackward: true), GradAccum = 2 }), 1e-6);

    /// <summary>
    /// Rank 2 on attention: 2·(64 + 64) for query and output each, 2·(64 + 32) for key and value each, in 3 blocks: 2,688. All: 3·2·3·160
    /// more.
    /// </summary>
    [Theory]
    [InlineData(AdapterTargets.Attention, 2_688)]
    [InlineData(AdapterTargets.All, 5_568)]
    public void Adapters_alone_have_states(AdapterTargets targets, double trained)
    {
        var setup = One with { Tuning = new(TuningMethod.Lora, 2, targets) };
        Assert.Equal(8 * trained, Bytes("optimizer_states", setup), 1e-6);
        Assert.Equal((4 * trained) + (2 * Parameters), Bytes("weights", setup), 1e-6);
    }

    /// <summary>
    /// 4 bits and 1/64 + 4/(64·256) bytes of scales a weight of a block; 6,464 parameters of tables and the last norm in 16 bits.
    /// </summary>
    [Fact]
    public void Quantised_weights()
    {
        var setup = One with { Tuning = new(TuningMethod.Qlora, 2) };
        Assert.Equal((4 * 2_688.0) + (2 * 6_464) + (InBlocks * (0.5 + (1 / 64.0) + (4 / 16_384.0))), Bytes("weights", setup), 1e-6);
    }

    /// <summary>The last of three blocks is trained in fp32; the rest stays in 16 bits.</summary>
    [Fact]
    public void Frozen_blocks()
    {
        var setup = One with { Tuning = new(TuningMethod.Freeze, TrainedBlocks: 1) };
        Assert.Equal(8 * 30_848.0, Bytes("optimizer_states", setup), 1e-6);
        Assert.Equal((4 * 30_848.0) + (2 * (Parameters - 30_848)), Bytes("weights", setup), 1e-6);
    }

    private static double Bytes(string key, TrainingSetup setup) =>
        new MemoryModel(Shape, MemoryTraits.Unknown, MemoryConstants.Documented).Predict(setup).Components()
        .Single(part => part.Key == key).Bytes;
}
