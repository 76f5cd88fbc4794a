using CsCheck;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Memory;

/// <summary>What physics says of memory whatever the model, the setup and the stack.</summary>
public sealed class MemoryPropertyTests
{
    private static readonly Gen<TransformerShape> Shapes =
        from layers in Gen.Int[1, 60]
        from heads in Gen.Int[1, 32]
        from share in Gen.OneOf(Gen.Const(1), Gen.Const(2), Gen.Const(4))
        from headDim in Gen.OneOf(Gen.Const(32), Gen.Const(64), Gen.Const(128))
        from ffn in Gen.Int[64, 20_000]
        from vocab in Gen.Int[100, 200_000]
        from gated in Gen.Bool
        from tied in Gen.Bool
        select new TransformerShape
        {
            Name = "any", Layers = layers, DModel = heads * share * headDim, Heads = heads * share, KvHeads = heads, HeadDim = headDim,
                DFfn = ffn,
            FfnKind = gated ? FfnKind.Swiglu : FfnKind.Gelu, Norm = gated ? NormKind.RmsNorm : NormKind.LayerNorm, Vocab = vocab,
            TiedEmbeddings = tied,
        };

    private static readonly Gen<TrainingSetup> Setups =
        from seqLen in Gen.Int[1, 65_536]
        from microBatch in Gen.Int[1, 512]
        from gradAccum in Gen.Int[1, 64]
        from gpus in Gen.Int[1, 512]
        from perNode in Gen.Int[1, 16]
        from scheme in Gen.Int[0, Scheme.All.Count - 1].Select(index => Scheme.All[index])
        from precision in Gen.Enum<Precision>()
        from attention in Gen.Enum<AttentionKind>()
        from recomputation in Gen.Enum<Recomputation>()
        from compile in Gen.Bool
        select new TrainingSetup(seqLen, microBatch, gradAccum, scheme.On(gpus, perNode), precision, attention, recomputation, compile);

    private static readonly Gen<MemoryTraits> Traits =
        from bits in Gen.Int[0, 8191]
        from loss in Gen.Enum<LossKernel>()
        select new MemoryTraits
        {
            SeparateMasterWeights = (bits & 1) != 0, HalfGradients = (bits & 2) != 0, PersistentGradients = (bits & 4) != 0,
            FusedNorms = (bits & 8) != 0, FusedActivation = (bits & 16) != 0, PointwiseGelu = (bits & 32) != 0,
            HalfResidual = (bits & 64) != 0,
            HalfSoftmax = (bits & 128) != 0, HalfLogits = (bits & 256) != 0, Dropout = (bits & 512) != 0,
            ZeroGradientCopy = (bits & 1024) != 0,
            ZeroBucketBytes = (bits & 2048) != 0 ? 3e9 : 0, StagedBackward = (bits & 4096) != 0, Loss = loss,
        };

    private static readonly Gen<(TransformerShape Shape, TrainingSetup Setup, MemoryTraits Traits)> Cases =
        Gen.Select(Shapes, Setups, Traits);

    [Fact]
    public void Every_component_is_finite_and_none_is_negative() => Cases.Sample(any =>
    {
        var peak = new MemoryModel(any.Shape, any.Traits).Predict(any.Setup);
        double[] parts =
        [
            peak.Parameters.Count, peak.Gradients.Count, peak.MasterWeights.Count, peak.OptimizerStates.Count,
            peak.Activations.Count, peak.Logits.Count, peak.Communication.Count, peak.Overhead.Count,
        ];
        return parts.All(part => double.IsFinite(part) && part >= 0) && Math.Abs(parts.Sum() - peak.Total.Count) <= 1e-6 * peak.Total.Count;
    });

    [Fact]
    public void More_layers_never_need_less() => Cases.Sample(any =>
        Total(any.Shape, any.Setup, any.Traits) <= Total(any.Shape with { Layers = any.Shape.Layers + 1 }, any.Setup, any.Traits));

    [Fact]
    public void Larger_micro_batches_and_longer_sequences_never_need_less() => Cases.Sample(any =>
        Total(any.Shape, any.Setup, any.Traits) <= Total(any.Shape, any.Setup with { MicroBatch = any.Setup.MicroBatch + 1 }, any.Traits)
        && Total(any.Shape, any.Setup, any.Traits) <= Total(any.Shape, any.Setup with { SeqLen = any.Setup.SeqLen + 1 }, any.Traits));

    /// <summary>The first copy brings buckets, and the first division gathered copies: those may need more.</summary>
    [Fact]
    public void More_ranks_never_need_more_each() => Cases.Where(any =>
            any.Setup.Gpus > 1 && any.Setup.Layout is { Sharded: ShardedState.None } or { OptimizerRanks: > 1 }).Sample(any =>
        Total(any.Shape, any.Setup with { Layout = Scheme.Of(any.Setup.Layout).On(2 * any.Setup.Gpus, any.Setup.GpusPerNode) },
            any.Traits) <= Total(any.Shape, any.Setup, any.Traits) * (1 + 1e-12));

    [Fact]
    public void Recomputing_more_never_keeps_more() => Cases.Where(any => any.Shape.Layers > 1).Sample(any =>
    {
        double Kept(Recomputation recomputation) =>
            new MemoryModel(any.Shape, any.Traits).Predict(any.Setup with { Recomputation = recomputation }).Activations.Count;
        return Kept(Recomputation.Full) <= Kept(Recomputation.Selective) + 1
            && Kept(Recomputation.Selective) <= Kept(Recomputation.Attention) + 1
            && Kept(Recomputation.Attention) <= Kept(Recomputation.None) + 1;
    });

    /// <summary>Where logits decide the peak both are the same bytes, summed in another order.</summary>
    [Fact]
    public void Flash_attention_never_keeps_more_than_explicit_scores() => Cases.Sample(any =>
        Total(any.Shape, any.Setup with { Attention = AttentionKind.Flash }, any.Traits)
        <= Total(any.Shape, any.Setup with { Attention = AttentionKind.Vanilla }, any.Traits) * (1 + 1e-12));

    [Fact]
    public void A_larger_evaluation_never_needs_less() => Cases.Sample(any =>
        Total(any.Shape, any.Setup, any.Traits) <= Total(any.Shape, any.Setup with { EvalBatch = any.Setup.MicroBatch }, any.Traits)
        && Total(any.Shape, any.Setup with { EvalBatch = any.Setup.MicroBatch }, any.Traits)
            <= Total(any.Shape, any.Setup with { EvalBatch = any.Setup.MicroBatch + 1 }, any.Traits));

    /// <summary>An evaluation that training's peak covers leaves every component as it is, and one sequence more does not.</summary>
    [Fact]
    public void What_training_covers_is_the_largest_evaluation_that_changes_nothing() => Cases.Sample(any =>
    {
        var model = new MemoryModel(any.Shape, any.Traits);
        var setup = any.Setup with { EvalBatch = 4 * any.Setup.MicroBatch };
        return EvaluationPeak.Of(model, setup) is { } peak
            ? model.Predict(any.Setup) == model.Predict(any.Setup with { EvalBatch = peak.CoveredSequences })
                && peak.TrainingBytes < model.Predict(any.Setup with { EvalBatch = peak.CoveredSequences + 1 }).Total.Count
            : model.Predict(any.Setup) == model.Predict(setup);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    public void Predicting_allocates_nothing(int evalBatch)
    {
        var model = new MemoryModel(ShippedShape());
        var setup = new TrainingSetup(1024, 8, 1, Scheme.FsdpFull.On(8, 8), Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None,
            false) { EvalBatch = evalBatch };
        var sum = model.Predict(setup).Total.Count;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i <= 1000; i++)
            sum += model.Predict(setup with { MicroBatch = i }).Total.Count;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0);
    }

    private static TransformerShape ShippedShape() => Tests.Models.ShippedModels.Catalog.Find("slm-1b");

    private static double Total(TransformerShape shape, in TrainingSetup setup, MemoryTraits traits) =>
        new MemoryModel(shape, traits).Predict(setup).Total.Count;
}
