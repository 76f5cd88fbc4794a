using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Torch.Tests;

/// <summary>Mixtures of experts in bursts, against a loop over tokens.</summary>
public sealed class ExpertBurstTests
{
    private static readonly BurstSpec Tiny = Torch.Tiny with { Experts = new(5, 2, 24, SharedWidth: 8, DenseLayers: 1) };

    [Theory]
    [InlineData(FfnKind.Swiglu, 5, 2, 8)]
    [InlineData(FfnKind.Gelu, 5, 3, 0)]
    [InlineData(FfnKind.Swiglu, 40, 1, 0)]
    public void Experts_give_what_a_loop_over_tokens_gives(FfnKind kind, int count, int perToken, int shared)
    {
        Torch.LoadOrSkip();
        using var scope = NewDisposeScope();
        var experts = new RoutedExperts(Torch.Tiny with { FfnKind = kind }, new(count, perToken, 12, shared));
        random.manual_seed(3);
        Tensor[] unit = [.. experts.Slots("x").Select(slot => randn(slot.Shape) * 0.3)];
        var x = randn(2, 9, 32);
        var given = experts.Forward(x, unit, 0);
        var (rows, results) = (Rows(x.view(-1, 32)), Rows(given.view(-1, 32)));
        for (var token = 0; token < rows.Length; token++)
            AssertClose(Looped(rows[token], [.. unit.Select(Matrix)], kind, count, perToken, shared > 0), results[token]);
    }

    [Theory]
    [InlineData(BurstPrecision.Fp32, Recomputation.Full)]
    [InlineData(BurstPrecision.Bf16, Recomputation.Full)]
    [InlineData(BurstPrecision.Fp32, Recomputation.Attention)]
    public void Recomputation_routes_as_before(BurstPrecision precision, Recomputation recomputation)
    {
        Torch.LoadOrSkip();
        var spec = Tiny with { Precision = precision };
        var kept = Torch.LossAndGradients(spec);
        var again = Torch.LossAndGradients(spec with { Recomputation = recomputation });
        Assert.Equal(kept.Loss, again.Loss);
        Assert.InRange(Torch.RelativeDifference(kept.Gradients, again.Gradients), 0, recomputation == Recomputation.Full ? 0 : 1e-6);
    }

    /// <summary>Forty experts and 48 tokens: some get none, and have gradients of zero all the same.</summary>
    [Fact]
    public void An_expert_without_tokens_has_gradients_of_zero()
    {
        Torch.LoadOrSkip();
        var spec = Torch.Tiny with { NLayers = 1, Experts = new(40, 1, 8) };
        var (_, gradients) = Torch.LossAndGradients(spec);
        var slots = new Decoder(spec, CPU).Units.SelectMany(unit => unit).ToArray();
        bool[] idle = [.. slots.Zip(gradients).Where(pair => pair.First.Name.EndsWith(".gate", StringComparison.Ordinal))
            .Select(pair => pair.Second.All(value => value == 0))];
        Assert.Equal(40, idle.Length);
        Assert.Contains(true, idle);
        Assert.Contains(false, idle);
    }

    /// <summary>By hand: in two of three blocks a router, five experts and a shared one; in the first the dense one.</summary>
    [Fact]
    public void Parameters_are_those_that_the_shape_counts()
    {
        Torch.LoadOrSkip();
        long attention = 32 * (32 + 2 * 16) + 32 * 32, norms = 2 * 32;
        var expected = 61 * 32 + 32 + 3 * (attention + norms) + 3 * 32 * 64 + 2 * (5 * 32 + 5 * 3 * 32 * 24 + 3 * 32 * 8);
        Assert.Equal(expected, new Decoder(Tiny, CPU).Units.SelectMany(unit => unit).Sum(slot => slot.Count));
        Assert.Equal(expected, ParameterCount.Of(Tiny.Shape).Total);
        Assert.Equal(expected - 2 * 3 * 3 * 32 * 24, ParameterCount.Of(Tiny.Shape).Active);
    }

    [Theory]
    [InlineData(BurstPrecision.Fp32, FfnKind.Swiglu)]
    [InlineData(BurstPrecision.Bf16, FfnKind.Gelu)]
    public void The_loss_falls(BurstPrecision precision, FfnKind kind)
    {
        Torch.LoadOrSkip();
        using var run = Torch.Start(Tiny with { Precision = precision, FfnKind = kind, MicroBatch = 8 });
        var losses = Enumerable.Range(0, 60).Select(_ => run.Step(false, false).Loss).ToArray();
        Assert.True(losses[^5..].Average() < losses[0] - 0.5, $"loss went from {losses[0]} to {losses[^5..].Average()}");
    }

    private static double[] Looped(double[] token, double[][][] unit, FfnKind kind, int count, int perToken, bool isShared)
    {
        var logits = Product(unit[0], token);
        var shares = logits.Select(logit => Math.Exp(logit - logits.Max())).ToArray();
        int[] best = [.. Enumerable.Range(0, count).OrderByDescending(expert => shares[expert]).Take(perToken)];
        var parameters = kind == FfnKind.Swiglu ? 3 : 4;
        var sum = new double[token.Length];
        void Add(int expert, double weight)
        {
            var own = unit[(1 + expert * parameters)..(1 + (expert + 1) * parameters)];
            var result = kind == FfnKind.Swiglu
                ? Product(own[2], [.. Product(own[0], token).Zip(Product(own[1], token), (gate, up) => gate / (1 + Math.Exp(-gate)) * up)])
                : [.. Product(own[2], [.. Product(own[0], token).Zip(own[1][0], (up, bias) => Gelu(up + bias))]).Zip(own[3][0],
                    (down, bias) => down + bias)];
            for (var i = 0; i < sum.Length; i++)
                sum[i] += weight * result[i];
        }
        foreach (var expert in best)
            Add(expert, shares[expert] / best.Sum(each => shares[each]));
        if (isShared)
            Add(count, 1);
        return sum;
    }

    /// <summary>x·Φ(x), with the normal distribution's integral by Simpson's rule.</summary>
    private static double Gelu(double x)
    {
        const int Steps = 400;
        var width = x / Steps;
        var sum = Enumerable.Range(0, Steps + 1)
            .Sum(i => (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-i * width * i * width / 2));
        return x * (0.5 + sum * width / 3 / Math.Sqrt(2 * Math.PI));
    }

    private static double[] Product(double[][] matrix, double[] vector) =>
        [.. matrix.Select(row => row.Zip(vector, (left, right) => left * right).Sum())];

    private static double[][] Matrix(Tensor tensor) => Rows(tensor.dim() == 1 ? tensor.unsqueeze(0) : tensor);

    private static double[][] Rows(Tensor tensor) =>
        [.. tensor.data<float>().ToArray().Select(value => (double)value).Chunk((int)tensor.shape[1])];

    private static void AssertClose(double[] expected, double[] seen)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], seen[i], 1e-4);
    }
}
