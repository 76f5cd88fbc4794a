using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Torch.Tests;

public class DecoderTests
{
    [Theory]
    [InlineData(FfnKind.Swiglu)]
    [InlineData(FfnKind.Gelu)]
    public void Flash_and_vanilla_attention_give_the_same_loss_and_gradients(FfnKind kind)
    {
        Torch.LoadOrSkip();
        var spec = Torch.Tiny with { FfnKind = kind };
        var flash = Torch.LossAndGradients(spec);
        var vanilla = Torch.LossAndGradients(spec with { Attention = AttentionKind.Vanilla });
        Assert.Equal(flash.Loss, vanilla.Loss, 1e-5);
        Assert.True(Torch.RelativeDifference(flash.Gradients, vanilla.Gradients) < 1e-4);
    }

    [Theory]
    [InlineData(BurstPrecision.Fp32, Recomputation.Full)]
    [InlineData(BurstPrecision.Bf16, Recomputation.Full)]
    [InlineData(BurstPrecision.Fp32, Recomputation.Attention, AttentionKind.Vanilla)]
    [InlineData(BurstPrecision.Bf16, Recomputation.Attention, AttentionKind.Vanilla)]
    [InlineData(BurstPrecision.Fp32, Recomputation.Attention, AttentionKind.Flash, FfnKind.Gelu)]
    public void Recomputation_gives_the_same_loss_and_gradients(
        BurstPrecision precision, Recomputation recomputation, AttentionKind attention = AttentionKind.Flash, FfnKind kind = FfnKind.Swiglu)
    {
        Torch.LoadOrSkip();
        var spec = Torch.Tiny with { Precision = precision, Attention = attention, FfnKind = kind };
        var kept = Torch.LossAndGradients(spec);
        var recomputed = Torch.LossAndGradients(spec with { Recomputation = recomputation });
        Assert.Equal(kept.Loss, recomputed.Loss);
        // Where a block is cut in three, the two gradients of its input are added in another order.
        var rounding = recomputation == Recomputation.Full ? 0 : precision == BurstPrecision.Fp32 ? 1e-6 : 0.01;
        Assert.InRange(Torch.RelativeDifference(kept.Gradients, recomputed.Gradients), 0, rounding);
    }

    [Fact]
    public void Accumulated_micro_batches_give_the_gradients_of_one_batch()
    {
        Torch.LoadOrSkip();
        var whole = Torch.LossAndGradients(Torch.Tiny with { MicroBatch = 4 });
        var accumulated = Torch.LossAndGradients(Torch.Tiny with { MicroBatch = 1, GradAccum = 4 });
        Assert.Equal(whole.Loss, accumulated.Loss, 1e-5);
        Assert.True(Torch.RelativeDifference(whole.Gradients, accumulated.Gradients) < 1e-4);
    }

    [Fact]
    public void The_staged_pass_gives_the_gradients_of_one_backward_call()
    {
        Torch.LoadOrSkip();
        var spec = Torch.Tiny with { TiedEmbeddings = false };
        var staged = Torch.LossAndGradients(spec);
        using var scope = NewDisposeScope();
        var decoder = new Decoder(spec, CPU);
        using var parameters = new ResidentParameters(decoder, spec.Seed, CPU, new AdamWSettings());
        var (tokens, targets) = new TokenStream(spec.Vocab, spec.Seed).NextBatch(spec.MicroBatch, spec.SeqLen, CPU);
        var x = decoder.Embed(tokens, parameters.Acquire(0));
        for (var i = 0; i < spec.NLayers; i++)
            x = decoder.Blocks[i].Forward(x, parameters.Acquire(i + 1));
        var loss = decoder.Loss(x, targets, parameters.Acquire(0));
        loss.backward();
        Assert.Equal(loss.ToDouble(), staged.Loss, 1e-6);
        Assert.True(Torch.RelativeDifference([.. parameters.Gradients().Select(g => g.data<float>().ToArray())], staged.Gradients) < 1e-5);
    }

    [Fact]
    public void Gradients_match_finite_differences()
    {
        Torch.LoadOrSkip();
        var spec = Torch.Tiny;
        var decoder = new Decoder(spec, CPU);
        using var parameters = new ResidentParameters(decoder, spec.Seed, CPU, new AdamWSettings());
        var pass = new StagedPass(decoder, parameters, Recomputation.None);
        var (tokens, targets) = new TokenStream(spec.Vocab, spec.Seed).NextBatch(spec.MicroBatch, spec.SeqLen, CPU);
        double Loss() => pass.Run(tokens, targets, 1, true, () => { });
        Loss();
        foreach (var parameter in parameters.All)
        {
            using var scope = NewDisposeScope();
            var direction = parameter.grad! / parameter.grad!.norm();
            var slope = parameter.grad!.norm().ToDouble();
            const double Step = 1e-2;
            double Shifted(double by)
            {
                using (no_grad())
                    parameter.add_(direction, by);
                return Loss();
            }
            var difference = (Shifted(Step) - Shifted(-2 * Step)) / (2 * Step);
            Shifted(Step);
            parameters.All.ToList().ForEach(p => p.grad = null);
            Loss();
            Assert.InRange(difference / slope, 0.97, 1.03);
        }
    }

    [Theory]
    [InlineData(BurstPrecision.Fp32)]
    [InlineData(BurstPrecision.Bf16)]
    public void Flash_attention_runs_the_flash_kernel_and_nothing_else(BurstPrecision precision)
    {
        Torch.LoadOrSkip();
        var decoder = new Decoder(Torch.Tiny with { Precision = precision }, CPU);
        using var parameters = new ResidentParameters(decoder, 1, CPU, new AdamWSettings());
        var (tokens, _) = new TokenStream(61, 1).NextBatch(1, 24, CPU);
        decoder.Blocks[0].Forward(decoder.Embed(tokens, parameters.Acquire(0)), parameters.Acquire(1));
        Assert.Equal("flash", decoder.AttentionKernel);
    }

    [Fact]
    public void Parameters_are_those_that_the_shape_counts()
    {
        Torch.LoadOrSkip();
        var spec = Torch.Tiny;
        var decoder = new Decoder(spec, CPU);
        long d = spec.DModel, kv = spec.NKvHeads * spec.HeadDim;
        var expected = spec.Vocab * d + d + spec.NLayers * (2 * d + d * (d + 2 * kv) + d * d + 3 * d * spec.DFfn);
        Assert.Equal(expected, decoder.Units.SelectMany(unit => unit).Sum(slot => slot.Count));
    }

    [Theory]
    [InlineData(BurstPrecision.Fp32, FfnKind.Swiglu)]
    [InlineData(BurstPrecision.Bf16, FfnKind.Gelu)]
    public void The_loss_falls_on_the_learnable_stream(BurstPrecision precision, FfnKind kind)
    {
        Torch.LoadOrSkip();
        using var run = Torch.Start(Torch.Tiny with { Precision = precision, FfnKind = kind, MicroBatch = 8 });
        var losses = Enumerable.Range(0, 60).Select(_ => run.Step(false, false).Loss).ToArray();
        Assert.InRange(losses[0], Math.Log(61) - 0.3, Math.Log(61) + 0.3);
        Assert.True(losses[^5..].Average() < losses[0] - 0.5, $"loss went from {losses[0]} to {losses[^5..].Average()}");
    }
}
