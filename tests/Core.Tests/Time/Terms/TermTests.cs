using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Tests.Time.Terms;

/// <summary>
/// Each term by hand: 16 blocks of width 2048 with plain feed-forwards of 8192 and 16 heads of 128, 50,304 words, 16,384 tokens in a
/// micro-batch of sequences of 2048, on 300 TFLOP/s, 2 TB/s and 400 W.
/// </summary>
public sealed class TermTests
{
    private const double Tokens = 16_384, Width = 2048, Ffn = 8192, Layers = 16, Peak = 300e12, Bandwidth = 2e12;

    private static readonly double[] Coefficients = Plain();

    /// <summary>
    /// Operations 2·m·(4·d² + 2·d·f) at 1.25/peak, and 16·m·d + 4·d² + 2·d·f elements of 2 bytes; forward and two gradients.
    /// </summary>
    [Fact]
    public void Matmul()
    {
        var weights = 4 * Width * Width + 2 * Width * Ffn;
        var block = 2 * Tokens * weights * 1.25 / Peak + 2 * (16 * Tokens * Width + weights) / Bandwidth;
        Assert.Equal(3 * Layers * block, Seconds("matmul"), 1e-12);
        Assert.Equal(0.358039, Seconds("matmul"), 1e-6);
    }

    /// <summary>
    /// At 4 pJ, 400 W allow 1e-14 s per operation where the clock allows 4.17e-15: between the larger and 1 % more, not their sum.
    /// </summary>
    [Fact]
    public void Board_power_bounds_multiplies_and_does_not_add_to_them()
    {
        var operations = Seconds("matmul") - Traffic();
        var bounded = Seconds("matmul", With(C.PowerPerFlop, 4)) - Traffic();
        Assert.InRange(bounded / operations, 1e-14 / (1.25 / Peak), 1.01e-14 / (1.25 / Peak));
        Assert.InRange((Seconds("matmul", With(C.PowerPerFlop, 0.5)) - Traffic()) / operations, 1, 1.003);
    }

    /// <summary>
    /// At 4 pJ and 400 W a 16-bit operation takes 1e-14 s, and three times that in fp32 units that would take 6.25e-14: bound by their
    /// clock.
    /// </summary>
    [Fact]
    public void Energy_depends_on_the_number_format()
    {
        double Factor(Precision precision, C energy) =>
            Seconds("matmul", With(C.PowerPerFlop, 40, energy, 2), ExampleSetups.Setup with { Precision = precision })
            / Seconds("matmul", With(C.PowerPerFlop, 40, energy, 1), ExampleSetups.Setup with { Precision = precision });
        Assert.InRange(Factor(Precision.Fp8Mixed, C.Fp8Energy), 1.9, 2);
        Assert.InRange(Factor(Precision.Tf32, C.Tf32Energy), 1.9, 2);
        Assert.InRange(Factor(Precision.Fp32, C.Fp32Energy), 1.5, 2);
        Assert.Equal(1, Factor(Precision.Bf16Mixed, C.Fp8Energy));
    }

    [Fact]
    public void Power_bounds_explicit_attention_too()
    {
        var vanilla = ExampleSetups.Setup with { Attention = AttentionKind.Vanilla };
        Assert.True(Seconds("attention", With(C.PowerPerFlop, 4), vanilla) > 1.5 * Seconds("attention", Coefficients, vanilla));
    }

    /// <summary>3 times the head's multiply (m, d, V) and 10 times two bytes per logit.</summary>
    [Fact]
    public void Logits()
    {
        const double Vocabulary = 50_304;
        var head = 2 * Tokens * Width * Vocabulary * 1.25 / Peak
            + 2 * (Tokens * Width + Width * Vocabulary + Tokens * Vocabulary) / Bandwidth;
        Assert.Equal(3 * head + 10 * 2 * Tokens * Vocabulary / Bandwidth, Seconds("logits"), 1e-12);
    }

    /// <summary>
    /// Flash: 3.5 times 2·m·s·(heads' width) at 2/peak. Vanilla: 3 times twice that, 30 % slower, and 6 passes of two bytes per score.
    /// </summary>
    [Fact]
    public void Attention()
    {
        const double Length = 2048, Heads = 16;
        Assert.Equal(3.5 * 2 * Tokens * Length * Width * Layers * 2 / Peak, Seconds("attention"), 1e-12);
        Assert.Equal(
            3 * 4 * Tokens * Length * Width * Layers * 1.3 * 1.25 / Peak + 6 * 2 * Tokens * Length * Heads * Layers / Bandwidth,
            Seconds("attention", Coefficients, ExampleSetups.Setup with { Attention = AttentionKind.Vanilla }), 1e-12);
    }

    /// <summary>30 passes of two bytes over the width and 0.3 of the feed-forward's.</summary>
    [Fact]
    public void Memory_bound() => Assert.Equal(30 * 2 * Tokens * (Width + 0.3 * Ffn) * Layers / Bandwidth, Seconds("memory_bound"), 1e-12);

    /// <summary>
    /// Full: 0.85 of a third of the blocks, and of flash attention's forward pass. Per operation: key and output multiplies and what is
    /// memory-bound.
    /// </summary>
    [Fact]
    public void Recompute()
    {
        double Recomputed(Recomputation kind) => Seconds("recompute", Coefficients, ExampleSetups.Setup with { Recomputation = kind });
        var multiply = 2 * Tokens * Width * Width * 1.25 / Peak + 2 * (2 * Tokens * Width + Width * Width) / Bandwidth;
        Assert.Equal(0, Recomputed(Recomputation.None));
        Assert.Equal(Seconds("attention") / 3.5, Recomputed(Recomputation.Attention), 1e-12);
        Assert.Equal(Layers * 2 * multiply + Seconds("memory_bound") / 3, Recomputed(Recomputation.Selective), 1e-12);
        Assert.Equal(
            0.85 * ((Seconds("matmul") + Seconds("memory_bound")) / 3 + Seconds("attention") / 3.5), Recomputed(Recomputation.Full), 1e-12);
    }

    /// <summary>
    /// Where the device works for 1 % of what the host needs, the excess is the host's time but for that: 16 · 0.1 s + 0.05 s.
    /// </summary>
    [Fact]
    public void Launch()
    {
        var slow = With(C.LaunchSecondsPerLayer, 10, C.LaunchSecondsPerMicroBatch, 5);
        var time = Evaluate(slow, ExampleSetups.Setup);
        var work = time.TotalSeconds - time.In("launch") - time.In("optimizer") - time.In("fixed");
        Assert.Equal(165, time.In("launch") + work, 165 * 1e-3);
    }

    /// <summary>30 bytes of each parameter, 1.3 times; a rank of eight that divide them has an eighth; the pure recipe moves 14.</summary>
    [Fact]
    public void Optimizer()
    {
        var parameters = ParameterCount.Of(ExampleSetups.Shape).Total;
        var zero1 = ExampleSetups.Setup with { Layout = Scheme.Zero1.On(8, 8) };
        Assert.Equal(1.3 * 30 * parameters / Bandwidth, Seconds("optimizer"), 1e-12);
        Assert.Equal(1.3 * 30 * parameters / Bandwidth / 8, Seconds("optimizer", Coefficients, zero1), 1e-12);
        Assert.Equal(1.3 * 14 * parameters / Bandwidth,
            Seconds("optimizer", Coefficients, ExampleSetups.Setup with { Precision = Precision.Bf16Pure }), 1e-12);
    }

    [Fact]
    public void Fixed() => Assert.Equal(0.003, Seconds("fixed"));

    /// <summary>Twice the micro-batches, twice what every micro-batch does; the optimizer and the overhead stay.</summary>
    [Fact]
    public void Speed_is_a_factor_on_every_term_and_accumulation_on_those_of_a_micro_batch()
    {
        var (once, twice) = (Evaluate(Coefficients, ExampleSetups.Setup),
            Evaluate(With(C.Speed, 2), ExampleSetups.Setup with { GradAccum = 2 }));
        foreach (var term in TimeTerms.All)
            Assert.Equal((term.Key is "optimizer" or "fixed" ? 2 : 4) * once[term], twice[term], 1e-12);
    }

    [Fact]
    public void The_terms_add_up_and_every_key_is_one_of_its_own()
    {
        var time = Evaluate(Coefficients, ExampleSetups.Setup
            with { Layout = Scheme.FsdpFull.On(16, 8), Recomputation = Recomputation.Full });
        Assert.Equal(time.TotalSeconds, TimeTerms.All.Sum(term => time[term]), 1e-12);
        Assert.Equal(TimeTerms.All.Count, TimeTerms.All.Select(term => term.Key).Distinct().Count());
    }

    private static double Traffic() => 3 * Layers * 2 * (16 * Tokens * Width + 4 * Width * Width + 2 * Width * Ffn) / Bandwidth;

    private static double Seconds(string term) => Seconds(term, Coefficients);

    private static double Seconds(string term, double[] coefficients) => Seconds(term, coefficients, ExampleSetups.Setup);

    private static double Seconds(string term, double[] coefficients, in TrainingSetup setup) => Evaluate(coefficients, setup).In(term);

    private static StepTime Evaluate(double[] coefficients, in TrainingSetup setup) => StepTimeEquation.Evaluate(
        ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false), DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value,
        new(300e9, 50e9), setup, coefficients);

    private static double[] With(C coefficient, double value, C? other = null, double otherValue = 0)
    {
        var changed = (double[])Coefficients.Clone();
        changed[(int)coefficient] = value;
        if (other is { } second)
            changed[(int)second] = otherValue;
        return changed;
    }

    private static double[] Plain()
    {
        double[] plain = [.. CoefficientPriors.All.Select(prior => prior.Value)];
        (plain[(int)C.OperandTraffic], plain[(int)C.NarrowWidth], plain[(int)C.PowerPerFlop]) = (1, 0, 0);
        (plain[(int)C.FlashInverseEfficiency], plain[(int)C.ScorePasses], plain[(int)C.BlockPasses]) = (2, 6, 30);
        (plain[(int)C.LaunchSecondsPerLayer], plain[(int)C.LaunchSecondsPerMicroBatch]) = (0, 0);
        return plain;
    }
}
