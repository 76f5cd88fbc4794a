using CsCheck;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

public sealed class StepTimeEquationTests
{
    private static readonly Gen<TrainingSetup> Setups =
        from batch in Gen.Int[1, 64]
        from accumulation in Gen.Int[1, 32]
        from gpus in Gen.Int[1, 256]
        from scheme in Gen.Int[0, Scheme.All.Count - 1].Select(index => Scheme.All[index])
        from precision in Gen.Enum<Precision>()
        from attention in Gen.Enum<AttentionKind>()
        from recomputation in Gen.Enum<Recomputation>()
        from length in Gen.Int[64, 8192]
        select new TrainingSetup(length, batch, accumulation, scheme.On(gpus, 8), precision, attention, recomputation, false);

    [Fact]
    public void Every_term_of_every_setup_is_finite_and_not_negative() => Setups.Sample(setup =>
    {
        var time = ExampleSetups.Evaluate(ExampleSetups.Shape, setup);
        double[] terms = [.. TimeTerms.All.Select(term => time[term])];
        return terms.All(term => double.IsFinite(term) && term >= 0) && time.TotalSeconds > 0;
    });

    [Fact]
    public void A_step_never_beats_the_peak_of_the_device() => Setups.Sample(setup =>
    {
        var operations = 6.0 * (12 * 16 * 2048.0 * 2048) * setup.TokensPerMicroBatch * setup.GradAccum;
        var peak = DeviceRates.Of(ExampleSetups.Device, setup.Precision)!.Value.MatmulFlops;
        return ExampleSetups.Evaluate(ExampleSetups.Shape, setup).TotalSeconds > operations / peak;
    });

    [Fact]
    public void More_micro_batches_take_longer() => Setups.Sample(setup =>
        Total(setup with { GradAccum = setup.GradAccum + 1 }) > Total(setup));

    /// <summary>A third of the blocks' work is forward, and 0.85 of that is done again before any row tells more.</summary>
    [Fact]
    public void Recomputation_costs_less_than_a_third_of_the_blocks()
    {
        var without = ExampleSetups.Evaluate(ExampleSetups.Shape, ExampleSetups.Setup);
        var with = ExampleSetups.Evaluate(ExampleSetups.Shape, ExampleSetups.Setup with { Recomputation = Recomputation.Full });
        var blocks = without.In("matmul") + without.In("memory_bound");
        Assert.InRange((with.In("recompute") - 0.85 * without.In("attention") / 3.5) / blocks, 0.283, 0.284);
    }

    [Fact]
    public void Materialised_scores_cost_more_as_sequences_grow()
    {
        double Gain(int length) => Total(ExampleSetups.Setup with { SeqLen = length, Attention = AttentionKind.Vanilla })
            / Total(ExampleSetups.Setup with { SeqLen = length });
        Assert.True(Gain(4096) > Gain(1024));
        Assert.True(Gain(1024) > 1);
    }

    [Fact]
    public void A_feed_forward_width_that_is_no_multiple_of_eight_is_slower()
    {
        var aligned = ExampleSetups.Evaluate(ExampleSetups.Shape, ExampleSetups.Setup);
        var misaligned = ExampleSetups.Evaluate(ExampleSetups.Shape with { DFfn = 8191 }, ExampleSetups.Setup);
        Assert.True(misaligned.In("matmul") > 1.2 * aligned.In("matmul"));
    }

    [Fact]
    public void A_tiny_model_is_floored_by_its_launches()
    {
        var tiny = ExampleSetups.Shape with { DModel = 64, Heads = 1, KvHeads = 1, HeadDim = 64, DFfn = 256, Vocab = 512 };
        var time = ExampleSetups.Evaluate(tiny, ExampleSetups.Setup with { MicroBatch = 1, SeqLen = 128 });
        Assert.True(time.In("launch") > 0.5 * time.TotalSeconds);
    }

    [Fact]
    public void Accumulation_amortises_the_all_reduce_of_data_parallelism_but_not_the_gathers_of_full_sharding()
    {
        double Communication(Scheme scheme, int accumulation) => ExampleSetups.Evaluate(
            ExampleSetups.Shape, ExampleSetups.Setup with { Layout = scheme.On(64, 8), GradAccum = accumulation }).In("communication");
        Assert.Equal(Communication(Scheme.Ddp, 1), Communication(Scheme.Ddp, 8), 9);
        Assert.Equal(8, Communication(Scheme.FsdpFull, 8) / Communication(Scheme.FsdpFull, 1), 6);
    }

    [Fact]
    public void Optimizer_states_divided_inside_a_node_spare_the_long_ring()
    {
        var all = ExampleSetups.Setup with { Layout = Scheme.Zero1.On(1024, 8) };
        var (wide, inNode) = (ExampleSetups.Evaluate(ExampleSetups.Shape, all),
            ExampleSetups.Evaluate(ExampleSetups.Shape, all with { Layout = Scheme.Zero1InNode(1024, 8).On(1024, 8) }));
        Assert.True(inNode.In("communication") < wide.In("communication"));
        Assert.Equal(128, inNode.In("optimizer") / wide.In("optimizer"), 6);
    }

    private static double Total(in TrainingSetup setup) => ExampleSetups.Evaluate(ExampleSetups.Shape, setup).TotalSeconds;
}
