using CsCheck;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Samples;

public sealed class SampleLengthsTests
{
    private static readonly SampleLengths Two = new([new(100, 3), new(500, 1)]);

    private static readonly Gen<SampleLengths> Any =
        Gen.Select(Gen.Int[1, 4000], Gen.Double[0.1, 100], (tokens, count) => new LengthCount(tokens, count)).Array[1, 300]
        .Select(bins => new SampleLengths(bins));

    /// <summary>Three of 100 tokens and one of 500: mean 200; cut at 300 it is 150, and a quarter of them is cut.</summary>
    [Fact]
    public void Means_and_cuts()
    {
        Assert.Equal((4, 500, 200), (Two.Count, Two.Longest, Two.Mean(1000)));
        Assert.Equal((150, 0.25), (Two.Mean(300), Two.CutShare(300)));
    }

    /// <summary>Of two draws both are short with 9/16: 100·9/16 + 500·7/16 = 275.</summary>
    [Fact]
    public void The_longest_of_two() => Assert.Equal(275, Two.ExpectedLongest(2, 1000), 1e-9);

    [Fact]
    public void The_longest_rises_with_the_draws_from_the_mean_to_the_longest() => Any.Sample(lengths =>
    {
        double[] longest = [.. new double[] { 1, 2, 8, 64, 1e9 }.Select(draws => lengths.ExpectedLongest(draws, 3000))];
        Assert.Equal(lengths.Mean(3000), longest[0], 1e-6 * longest[0]);
        Assert.All(longest.Zip(longest.Skip(1)), pair => Assert.True(pair.Second >= pair.First * (1 - 1e-12), $"{pair}"));
        Assert.Equal(Math.Min(3000, lengths.Longest), longest[^1], 1e-3 * longest[^1]);
    });

    [Fact]
    public void Many_lengths_are_joined_and_keep_mean_and_longest()
    {
        var lengths = new SampleLengths([.. Enumerable.Range(1, 1000).Select(tokens => new LengthCount(tokens, 1))]);
        Assert.InRange(lengths.Bins.Count, 64, 128);
        Assert.Equal((1000, 1000), (lengths.Count, lengths.Longest));
        Assert.Equal(500.5, lengths.Mean(1e9), 1e-9);
    }

    /// <summary>
    /// Halves of 500 and 524 fill 1,024 exactly when paired; samples of 600 leave 424 each; one of 100 and nine in ten of 900 leave 24 of
    /// 1,024 in nine sequences of ten, and the ten short ones share one.
    /// </summary>
    [Theory]
    [InlineData(500, 1, 524, 1, 0)]
    [InlineData(600, 1, 600, 1, 424 / 1024.0)]
    [InlineData(1024, 1, 2048, 1, 0)]
    public void Packing(double first, double firsts, double second, double seconds, double empty) =>
        Assert.Equal(empty, Core.Samples.Packing.EmptyShare(new([new(first, firsts), new(second, seconds)]), 1024), 1e-3);

    [Fact]
    public void Packing_wastes_no_more_than_padding_to_the_sequence() => Any.Sample(lengths =>
    {
        var empty = Core.Samples.Packing.EmptyShare(lengths, 2048);
        Assert.InRange(empty, 0, 1 - (lengths.Mean(2048) / 2048) + 0.01);
    });

    /// <summary>
    /// A micro-batch of two on one rank computes the longest of two for each; the longest of eight where four ranks have one micro-batch
    /// each.
    /// </summary>
    [Fact]
    public void Padded_sequences_are_as_long_as_the_longest_of_a_micro_batch()
    {
        var samples = new SampleSet { Lengths = Two, Padded = true }.For(1000);
        Assert.Equal(1 - 0.2, samples.EmptyShare!.Value, 1e-9);
        var one = ExampleSetups.Setup with { SeqLen = 1000, MicroBatch = 2, EmptyShare = 0.8 };
        Assert.Equal(275, samples.Computed(one).SeqLen);
        Assert.Equal(1 - (200 / 275.0), samples.WastedShare(one), 1e-9);
        Assert.Equal(2 * 200, one.TokensPerStep, 1e-9);
        var four = one with { Layout = Scheme.Ddp.On(4, 4) };
        Assert.Equal((int)Math.Ceiling(Two.ExpectedLongest(8, 1000)), samples.Computed(four).SeqLen);
    }

    /// <summary>Against draws: four ranks, each with two samples in each of sixteen micro-batches; the mean of 4,000 steps.</summary>
    [Fact]
    public void What_a_step_waits_for_is_near_what_draws_give()
    {
        var lengths = new SampleLengths([.. Enumerable.Range(1, 40).Select(step => new LengthCount(step * 25, 41 - step))]);
        var random = new Random(7);
        double[] cumulated = [.. lengths.Bins.Select((_, index) => lengths.Bins.Take(index + 1).Sum(bin => bin.Count) / lengths.Count)];
        double Draw() => lengths.Bins[Array.FindIndex(cumulated, random.NextDouble() is var u ? share => share >= u : _ => true)].Tokens;
        double Rank() => Enumerable.Range(0, 16).Sum(_ => Math.Max(Draw(), Draw())) / 16;
        var drawn = Enumerable.Range(0, 4000).Average(_ => Enumerable.Range(0, 4).Max(_ => Rank()));
        var setup = ExampleSetups.Setup with { SeqLen = 1000, MicroBatch = 2, GradAccum = 16, Layout = Scheme.Ddp.On(4, 4) };
        Assert.Equal(drawn, new SampleSet { Lengths = lengths, Padded = true }.Computed(setup).SeqLen, 0.05 * drawn);
    }

    /// <summary>50 samples three times at 200 tokens each.</summary>
    [Fact]
    public void Tokens_of_all_epochs()
    {
        Assert.Equal(50 * 3 * 200, new SampleSet { Count = 50, Epochs = 3, Lengths = Two }.Tokens(1000));
        Assert.Equal(4 * 150, new SampleSet { Lengths = Two }.Tokens(300));
        Assert.Null(new SampleSet { Count = 50 }.Tokens(1000));
    }
}
