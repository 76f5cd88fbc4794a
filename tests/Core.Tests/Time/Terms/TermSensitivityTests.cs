using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>What a term gains from one coefficient or one choice, by hand; what else is in it cancels.</summary>
public sealed class TermSensitivityTests
{
    /// <summary>Four blocks of a million parameters and a root of two million on eight devices, 300 GB/s inside.</summary>
    private static readonly ShapeCosts Small =
        ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false) with { Layers = 4, Parameters = 6_000_000, BlockParameters = 1_000_000 };

    private static readonly ShapeCosts Shape = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);
    private static readonly LinkRates Links = new(300e9, 50e9) { IsModule = true };

    /// <summary>
    /// Three boundaries crossed twice by four ranks are 1.5 a micro-batch; two parts each make seven boundaries, 3.5. A second each.
    /// </summary>
    [Theory]
    [InlineData("pp(4)", 1.5)]
    [InlineData("pp(4)+vp(2)", 3.5)]
    public void A_crossing_takes_its_seconds(string scheme, double crossings)
    {
        var setup = On(scheme, 4) with { GradAccum = 8 };
        Assert.Equal(8 * crossings,
            Seconds(Shape, setup, "stage_messages", (C.StageSeconds, 1)) - Seconds(Shape, setup, "stage_messages", (C.StageSeconds, 0)), 1e-9);
        Assert.True(Seconds(Shape, setup, "stage_messages", (C.StageSeconds, 0)) > 0);
    }

    /// <summary>A second of launches a block: 16 s forward and backward, and a third more where the forward pass runs again.</summary>
    [Theory]
    [InlineData(Recomputation.None, 16)]
    [InlineData(Recomputation.Full, 64 / 3.0)]
    public void Launches_are_those_of_forward_and_backward(Recomputation recomputation, double seconds)
    {
        var setup = On("ddp", 1) with { SeqLen = 1, MicroBatch = 1, Recomputation = recomputation };
        (C, double)[] launches = [(C.LaunchSecondsPerLayer, 1), (C.LaunchSecondsPerMicroBatch, 0), (C.LaunchSharpness, 8)];
        Assert.Equal(seconds, Seconds(Shape, setup, "launch", launches), 0.05);
    }

    /// <summary>
    /// Conversions to 8 bits are launched with a block's other kernels: 16 s of them take 24 at half as much again. Those of a micro-batch,
    /// here a second, and a 16-bit run's are as they were.
    /// </summary>
    [Theory]
    [InlineData(Precision.Fp8Mixed, 25)]
    [InlineData(Precision.Bf16Mixed, 17)]
    public void Eight_bits_launch_their_conversions(Precision precision, double seconds)
    {
        var setup = On("ddp", 1) with { SeqLen = 1, MicroBatch = 1, Precision = precision };
        (C, double)[] launches =
        [
            (C.LaunchSecondsPerLayer, 1), (C.LaunchSecondsPerMicroBatch, 1), (C.LaunchSharpness, 8), (C.Fp8Launches, 1.5),
        ];
        Assert.Equal(seconds, Seconds(Shape, setup, "launch", launches), 0.05);
    }

    /// <summary>A tenth of a second on one device is two tenths on sixteen, where it grows with their fourth root.</summary>
    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(16, 0.2)]
    public void What_depends_on_nothing_else_grows_with_the_devices(int devices, double seconds) => Assert.Equal(
        seconds, Seconds(Shape, On("ddp", devices), "fixed", [(C.FixedSeconds, 0.1), (C.FixedGrowth, 0.25)]), 1e-12);

    /// <summary>Half of the forward work done again takes half as long as all of it.</summary>
    [Fact]
    public void Full_recomputation_repeats_a_share()
    {
        double Repeated(double share) =>
            Seconds(Shape, On("ddp", 1) with { Recomputation = Recomputation.Full }, "recompute", [(C.RepeatedShare, share)]);
        Assert.Equal(Repeated(1) / 2, Repeated(0.5), 1e-12);
    }

    /// <summary>
    /// Gathers of full sharding, 601.533 µs by DatasheetCommunicationTests, none hidden: twice that at twice the traffic. All-reduces of
    /// replicas, 197.6 µs, gather nothing.
    /// </summary>
    [Theory]
    [InlineData("fsdp_full", 2 * 601.5333)]
    [InlineData("ddp", 197.6)]
    public void Gathers_have_a_traffic_of_their_own(string scheme, double microseconds) => Assert.Equal(1,
        1e6 * Seconds(Small, On(scheme, 8), "communication", [.. Bare, (C.GatherTraffic, 2), (C.Overlap, 0)]) / microseconds, 5e-4);

    /// <summary>
    /// With an overlap of 1 half of what the window could hide is seen: of 197.6 µs beside a micro-batch of seconds, 98.8 µs. With one of 3
    /// a quarter.
    /// </summary>
    [Theory]
    [InlineData(1, 98.8)]
    [InlineData(3, 49.4)]
    public void Overlap_hides_its_share(double overlap, double microseconds) => Assert.Equal(1,
        1e6 * Seconds(Small, On("ddp", 8), "communication",
            [.. Bare, (C.GatherTraffic, 1), (C.Overlap, overlap), (C.LaunchSecondsPerLayer, 1)]) / microseconds, 5e-4);

    /// <summary>Traffic multiplies what ranks that share a model send.</summary>
    [Theory]
    [InlineData("tp(2)", "tensor_parallel", C.TensorTraffic)]
    public void Traffic_multiplies_messages(string scheme, string key, C traffic) => Assert.Equal(2,
        Seconds(Shape, On(scheme, 2), key, (traffic, 2)) / Seconds(Shape, On(scheme, 2), key, (traffic, 1)), 1e-9);

    /// <summary>
    /// Muon multiplies 30·d = 61,440 operations for each parameter of blocks, of which eight ranks of ZeRO-1 have an eighth: at 300 TFLOP/s
    /// and an inverse efficiency of 2 rather than 1 that is so much more; with blocks frozen but two, two sixteenths of it; in 8-bit
    /// recipes the same, since it multiplies in 16 bits.
    /// </summary>
    [Theory]
    [InlineData("ddp", 1, Precision.Bf16Mixed, TuningMethod.Full, 1)]
    [InlineData("zero1", 8, Precision.Bf16Mixed, TuningMethod.Full, 1 / 8.0)]
    [InlineData("ddp", 1, Precision.Fp8Mixed, TuningMethod.Full, 1)]
    [InlineData("ddp", 1, Precision.Bf16Mixed, TuningMethod.Freeze, 1 / 8.0)]
    public void Muon_multiplies_the_matrices_of_blocks(string scheme, int gpus, Precision precision, TuningMethod method, double share)
    {
        var setup = On(scheme, gpus) with
        {
            Precision = precision, Optimizer = new(OptimizerKind.Muon),
            Tuning = method == TuningMethod.Full ? default : new(method, TrainedBlocks: 2),
        };
        double At(double inverse) => Seconds(Shape, setup, "optimizer", (C.MatmulInverseEfficiency, inverse));
        Assert.Equal(1, (At(2) - At(1)) / (share * 61_440 * 16 * Shape.BlockParameters / 300e12), 1e-9);
        Assert.True(At(1) > At(2) - At(1));
    }

    /// <summary>
    /// Bytes that an update moves for each parameter: AdamW 14 and two moments of 4 read and written, 30; SGD 14; Lion 22; in pure bfloat16
    /// 6 and half the moments.
    /// </summary>
    [Theory]
    [InlineData(OptimizerKind.AdamW, Precision.Bf16Mixed, 30)]
    [InlineData(OptimizerKind.AdamW, Precision.Bf16Pure, 14)]
    [InlineData(OptimizerKind.Lion, Precision.Bf16Mixed, 22)]
    [InlineData(OptimizerKind.Lion, Precision.Bf16Pure, 10)]
    public void An_update_moves_its_bytes(OptimizerKind kind, Precision precision, double bytes) => Assert.Equal(
        bytes * Shape.Parameters / 2e12,
        Seconds(Shape, On("ddp", 1) with { Precision = precision, Optimizer = new(kind) }, "optimizer", (C.OptimizerTraffic, 1)), 1e-9);

    /// <summary>Heads of 64 take all of the slowdown, of 128 none, of 96 half: at 3 the factors are 3, 1 and 2.</summary>
    [Theory]
    [InlineData(64, 3)]
    [InlineData(96, 2)]
    [InlineData(128, 1)]
    public void Small_heads_are_slower_on_a_line(int headDim, double factor)
    {
        double Attention(int dim, double slowdown) => Seconds(
            ShapeCosts.Of(ExampleSetups.Shape with { Heads = 6144 / dim, KvHeads = 6144 / dim, HeadDim = dim }, padsVocabulary: false),
            On("ddp", 1), "attention", (C.FlashSmallHead, slowdown), (C.PowerPerFlop, 0));
        Assert.Equal(factor, Attention(headDim, 3) / Attention(headDim, 1), 1e-9);
    }

    /// <summary>
    /// Where groups start: a machine's link at what was measured, so 1.5 or 1.6 of the population is 1; compilers launch e⁻¹ as much and
    /// pass logits e^−0.3; plain eager blocks launch 73 kernels where gated ones launch 113.
    /// </summary>
    [Theory]
    [InlineData(C.IntraNodeInverseEfficiency, L.Machine, "mine", 1.5)]
    [InlineData(C.InterNodeInverseEfficiency, L.Machine, "mine", 1.6)]
    [InlineData(C.IntraNodeInverseEfficiency, L.Device, "mine", 1)]
    [InlineData(C.InterNodeInverseEfficiency, L.Device, "mine", 1)]
    [InlineData(C.LaunchSecondsPerLayer, L.Kernels, "compiled", Math.E)]
    [InlineData(C.LaunchSecondsPerLayer, L.Kernels, "xla", Math.E)]
    [InlineData(C.LaunchSecondsPerLayer, L.Kernels, "fused", 1)]
    [InlineData(C.LaunchSecondsPerLayer, L.BlockStyle, "eager plain", 113 / 73.0)]
    [InlineData(C.LogitPasses, L.Kernels, "xla", 1.3498588)]
    [InlineData(C.FlashInverseEfficiency, L.AttentionKernel, "flash3", 1.8221188)]
    [InlineData(C.BlockPasses, L.BlockStyle, "eager plain", 55 / 2.6 / (22 / 2.2))]
    [InlineData(C.BlockPasses, L.MachineBlock, "mine plain", 55 / 2.6 / (22 / 2.2))]
    [InlineData(C.BlockPasses, L.MachineBlock, "mine gated", 1)]
    public void A_group_starts_by_what_is_known_of_it(C coefficient, L level, string key, double less) => Assert.Equal(
        -Math.Log(less), CoefficientPriors.All.Single(prior => prior.Coefficient == coefficient).Start(level, key), 1e-6);

    /// <summary>Only what ranks send that share a model is of splits.</summary>
    [Fact]
    public void Coefficients_of_splits_are_those_of_what_splits_send() => Assert.Equal(
        [
            C.BubbleShare, C.ContextTraffic, C.ExpertTraffic, C.StageSeconds, C.StagedTensorSeconds, C.TensorLaunchSeconds, C.TensorTraffic,
        ],
        CoefficientPriors.All.Where(prior => prior.OfSplits).Select(prior => prior.Coefficient)
            .OrderBy(name => $"{name}", StringComparer.Ordinal));

    /// <summary>Coefficients stand in their own order.</summary>
    [Fact]
    public void Priors_stand_in_the_order_of_coefficients() =>
        Assert.Equal(Enum.GetValues<C>(), CoefficientPriors.All.Select(prior => prior.Coefficient));

    /// <summary>A setup shows the terms of the axes that it uses and no other.</summary>
    [Theory]
    [InlineData("ddp", "")]
    [InlineData("tp(2)", "tensor_parallel")]
    [InlineData("pp(2)", "pipeline_bubble stage_messages")]
    [InlineData("cp(2)", "context_parallel")]
    [InlineData("ep(2)", "expert_parallel")]
    public void A_setup_shows_the_terms_of_its_axes(string scheme, string shown)
    {
        string[] axes = ["context_parallel", "expert_parallel", "pipeline_bubble", "stage_messages", "tensor_parallel"];
        var setup = On(scheme, 2);
        Assert.Equal(shown, string.Join(' ', axes.Where(key => TimeTerms.All.Single(term => term.Key == key).IsOf(setup))));
    }

    private static readonly (C, double)[] Bare =
    [
        (C.IntraNodeInverseEfficiency, 1), (C.InterNodeInverseEfficiency, 1), (C.Congestion, 0), (C.CollectiveLatencySeconds, 10e-6),
        (C.RingHopSeconds, 14e-6),
    ];

    private static TrainingSetup On(string scheme, int gpus) => ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(gpus, 8) };

    private static double Seconds(in ShapeCosts shape, in TrainingSetup setup, string key, params (C Coefficient, double Value)[] with)
    {
        var coefficients = (double[])ExampleSetups.Coefficients.Clone();
        foreach (var (coefficient, value) in with)
            coefficients[(int)coefficient] = value;
        return StepTimeEquation.Evaluate(shape, DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value, Links, setup, coefficients)
            .In(key);
    }
}
