using CsCheck;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

/// <summary>Time of models whose blocks differ, against the equation of equal blocks and by hand.</summary>
public sealed class MixedBlocksTests
{
    private static readonly TransformerShape Shape = ExampleSetups.Shape;

    private static readonly Gen<TrainingSetup> Setups =
        from batch in Gen.Int[1, 64]
        from attention in Gen.Enum<AttentionKind>()
        from recomputation in Gen.Enum<Recomputation>()
        from scheme in Gen.Int[0, Scheme.All.Count - 1].Select(index => Scheme.All[index])
        from precision in Gen.Enum<Precision>()
        select new TrainingSetup(1024, batch, 2, scheme.On(16, 8), precision, attention, recomputation, false);

    [Fact]
    public void Blocks_written_out_take_the_time_that_equal_blocks_take() =>
        Gen.Select(Setups, Gen.Int[1, 5], Gen.Int[1, 3], Gen.Enum<FfnKind>(), Gen.Int[500, 520]).Sample((setup, layers, kv, kind, ffn) =>
        {
            var shape = Shape with { Layers = layers, KvHeads = 16 / (1 << kv), FfnKind = kind, DFfn = ffn };
            var (equal, written) = (ExampleSetups.Evaluate(shape, setup), ExampleSetups.Evaluate(Written(shape), setup));
            foreach (var term in TimeTerms.All)
                Assert.Equal(equal[term], written[term], Math.Max(1e-12, 1e-9 * equal[term]));
        });

    /// <summary>The same where ranks share the model: heads and width, blocks, sequences.</summary>
    [Theory]
    [InlineData("tp(4)+sp")]
    [InlineData("pp(4)")]
    [InlineData("tp(2)+pp(2)+vp(2)")]
    [InlineData("cp(4)")]
    [InlineData("fsdp_full+tp(2)+cp(2)")]
    public void Blocks_written_out_are_shared_as_equal_blocks_are(string scheme)
    {
        var setup = ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(16, 8), GradAccum = 8 };
        var (equal, written) = (ExampleSetups.Evaluate(Shape, setup), ExampleSetups.Evaluate(Written(Shape), setup));
        foreach (var term in TimeTerms.All)
            Assert.True(Math.Abs(equal[term] - written[term]) <= 0.02 * equal[term] + 1e-9,
                $"{term.Key}: {equal[term]} and {written[term]}");
        var peaks = (new MemoryModel(Shape).Predict(setup).Total.Count, new MemoryModel(Written(Shape)).Predict(setup).Total.Count);
        Assert.Equal(peaks.Item1, peaks.Item2, 1e-9 * peaks.Item1);
    }

    /// <summary>
    /// 4,096 of 32,768 tokens are seen: with 2·w − w²/s the scores are 7,680/32,768 of all. Without a fused kernel all are worked out.
    /// </summary>
    [Fact]
    public void A_fused_kernel_leaves_out_what_is_beyond_the_window()
    {
        var setup = ExampleSetups.Setup with { SeqLen = 32_768, MicroBatch = 1 };
        var attention = (SelfAttention)Shape.UsualBlock.Mixer! with { Window = 4096 };
        var windowed = Shape with { Sequence = new(Shape.UsualBlock with { Mixer = attention }, Shape.Layers) };
        double Share(AttentionKind kind) => ExampleSetups.Evaluate(windowed, setup with { Attention = kind }).In("attention")
            / ExampleSetups.Evaluate(Shape, setup with { Attention = kind }).In("attention");
        Assert.Equal(7680.0 / 32_768, Share(AttentionKind.Flash), 9);
        Assert.Equal(1, Share(AttentionKind.Vanilla), 9);
    }

    /// <summary>
    /// One expert of which all tokens make use takes what the dense network takes, times 1.25, and what 128 · 1.2 more rows would: at
    /// 16,384 tokens a little under 1 % of its multiplies. The router's 2,048 × 1 takes as much again, being narrow.
    /// </summary>
    [Fact]
    public void Experts_take_longer_than_a_dense_network_of_their_active_width()
    {
        double Matmul(FeedForward network) => ExampleSetups.Evaluate(
            Shape with { Sequence = new(new Block { FeedForward = network }, 16) }, ExampleSetups.Setup).In("matmul");
        var ratio = Matmul(new Experts { Count = 1, PerToken = 1, Width = 8192 }) / Matmul(new DenseFeedForward { Width = 8192 });
        Assert.InRange(ratio, 1.25, 1.25 * 1.025);
    }

    [Fact]
    public void More_experts_of_which_as_many_are_active_cost_more_memory_traffic_but_no_more_operations()
    {
        double Matmul(int count) => ExampleSetups.Evaluate(
            Shape with { Sequence = new(new Block { FeedForward = new Experts { Count = count, PerToken = 2, Width = 1024 } }, 16) },
            ExampleSetups.Setup).In("matmul");
        Assert.True(Matmul(64) > Matmul(8));
        Assert.True(Matmul(64) < 3 * Matmul(8));
    }

    /// <summary>A quarter of the logarithm rests on passes that nothing was fitted to, known to a factor of 3.</summary>
    [Fact]
    public void The_time_of_recurrences_rests_on_what_no_row_was_measured_of()
    {
        var recurrent = Shape with
        {
            Sequence = new(new Block { Mixer = new StateSpace { InnerWidth = 4096, Heads = 64, State = 128 }, Norms = 1 }, 48),
        };
        Assert.True(Slope(recurrent) > 0.2, $"{Slope(recurrent)}");
        Assert.Equal(0, Slope(Shape));

        static double Slope(TransformerShape shape)
        {
            var slopes = new double[StepTimeEquation.CoefficientCount];
            StepTimeSlopes.Write(
                ShapeCosts.Of(shape, false), DeviceRates.Of(ExampleSetups.Device, Precision.Bf16Mixed)!.Value,
                LinkRates.Of(null, ExampleSetups.Device), ExampleSetups.Setup, ExampleSetups.Coefficients, slopes);
            return slopes[(int)StepCoefficient.RecurrencePasses];
        }
    }

    private static TransformerShape Written(TransformerShape shape) => shape with { Sequence = new(shape.UsualBlock, shape.Layers) };
}
