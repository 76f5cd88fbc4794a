using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Torch.Tests;

/// <summary>Sliding windows in bursts, against full attention of which all else is masked.</summary>
public sealed class WindowBurstTests
{
    /// <summary>Windows of less than a piece, of several, no multiple of one, as long as the sequence.</summary>
    [Theory]
    [InlineData(24, 1)]
    [InlineData(24, 5)]
    [InlineData(100, 33)]
    [InlineData(203, 150)]
    [InlineData(64, 63)]
    [InlineData(64, 64)]
    [InlineData(64, 1000)]
    [InlineData(2100, 1024)]
    public void A_window_gives_what_masked_full_attention_gives(int length, int window)
    {
        Torch.LoadOrSkip();
        using var scope = NewDisposeScope();
        random.manual_seed(length + window);
        var (query, key, value) = (randn(1, 2, length, 16), randn(1, 2, length, 16), randn(1, 2, length, 16));
        var expected = Masked(query, key, value, window);
        foreach (var kind in new[] { AttentionKind.Flash, AttentionKind.Vanilla })
        {
            var scores = new AttentionScores(kind, BurstPrecision.Fp32, length, 16, CPU, window);
            var seen = scores.Forward(query, key, value);
            Assert.InRange((seen - expected).abs().max().ToSingle(), 0, 1e-5);
            Assert.Equal(kind == AttentionKind.Flash ? "flash" : null, scores.Kernel);
        }
    }

    [Theory]
    [InlineData(BurstPrecision.Fp32, 1e-4)]
    [InlineData(BurstPrecision.Bf16, 0.1)]
    public void Pieces_and_written_scores_give_the_same_gradients(BurstPrecision precision, double rounding)
    {
        Torch.LoadOrSkip();
        var spec = Torch.Tiny with { SeqLen = 96, Windows = new(40, FullEvery: 3), Precision = precision };
        var pieces = Torch.LossAndGradients(spec);
        var written = Torch.LossAndGradients(spec with { Attention = AttentionKind.Vanilla });
        Assert.Equal(pieces.Loss, written.Loss, precision == BurstPrecision.Fp32 ? 1e-5 : 0.01);
        Assert.InRange(Torch.RelativeDifference(pieces.Gradients, written.Gradients), 0, rounding);
    }

    /// <summary>A change of a token is seen behind the windows of all blocks together only where one block sees everything.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(3, true)]
    public void Every_so_manyth_block_sees_all(int fullEvery, bool isSeen)
    {
        Torch.LoadOrSkip();
        using var scope = NewDisposeScope();
        var spec = Torch.Tiny with { Windows = new(4, fullEvery) };
        var decoder = new Decoder(spec, CPU);
        using var parameters = new ResidentParameters(decoder, spec.Seed, CPU, new AdamWSettings());
        Tensor Last(long first)
        {
            var tokens = arange(24, dtype: ScalarType.Int64).view(1, -1).clone();
            tokens[0, 0] = first;
            var x = decoder.Embed(tokens, parameters.Acquire(0));
            for (var i = 0; i < spec.NLayers; i++)
                x = decoder.Blocks[i].Forward(x, parameters.Acquire(i + 1));
            return x[0, 23];
        }
        Assert.Equal(isSeen, (Last(0) - Last(40)).abs().max().ToSingle() > 0);
    }

    /// <summary>softmax over the tokens of the window alone, query by query.</summary>
    private static Tensor Masked(Tensor query, Tensor key, Tensor value, int window)
    {
        var scores = matmul(query, key.transpose(-2, -1)) / 4;
        var places = arange(query.shape[2]);
        var distance = places.unsqueeze(1) - places.unsqueeze(0);
        var isSeen = distance.ge(0).logical_and(distance.lt(window));
        return matmul(nn.functional.softmax(scores.masked_fill(isSeen.logical_not(), float.NegativeInfinity), -1), value);
    }
}
