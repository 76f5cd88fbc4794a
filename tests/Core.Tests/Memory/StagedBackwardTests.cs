using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>A backward pass in stages: what belongs to a block goes with it.</summary>
public sealed class StagedBackwardTests
{
    private static readonly MemoryConstants NoOverhead = MemoryConstants.Documented
        with { ContextBytes = 0, CollectiveBytes = 0, Slack = 0, BackwardShare = 0 };
    private static readonly MemoryTraits Traits = new() { HalfResidual = true, HalfSoftmax = true, Loss = LossKernel.Direct };
    private static readonly TransformerShape Shape = ShippedModels.Catalog.Find("gpt2");

    private static readonly TrainingSetup Setup = new(
        1024, 8, 1, Layout.OneDevice, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);

    [Fact]
    public void Copies_of_the_weights_go_as_gradients_come()
    {
        var one = Peak(Setup with { SeqLen = 1, MicroBatch = 1 });
        var states = 16.0 * ParameterCount.Of(Shape).Total;
        Assert.InRange(one.Total.Count, states, states + 3.0 * ParameterCount.OfBlock(Shape));
    }

    [Fact]
    public void Gradients_kept_between_micro_batches_meet_every_copy() =>
        Assert.Equal(18.0 * ParameterCount.Of(Shape).Total, States(Peak(Setup with { SeqLen = 1, MicroBatch = 1, GradAccum = 2 })), 1.0);

    [Fact]
    public void Logits_and_a_recomputed_block_are_never_alive_together()
    {
        var recomputed = Setup with { Recomputation = Recomputation.Full };
        var (kept, staged, whole) = (Peak(Setup), Peak(recomputed), Peak(recomputed, staged: false));
        var tokensWidth = 8.0 * 1024 * Shape.DModel;
        var block = staged.Activations.Count - (12 * 2 * tokensWidth) - (4 * tokensWidth);
        Assert.Equal(block, kept.Logits.Count - staged.Logits.Count, 1.0);
        Assert.True(staged.Logits.Count > 0, "the loss is larger than a block, and covers it");
        Assert.Equal((whole.Activations, whole.Logits), (staged.Activations, staged.Logits));
    }

    [Fact]
    public void Where_activations_outweigh_gradients_staging_changes_nothing() =>
        Assert.Equal(Peak(Setup, staged: false), Peak(Setup));

    private static double States(MemoryBreakdown peak) =>
        (peak.Parameters + peak.Gradients + peak.MasterWeights + peak.OptimizerStates).Count;

    private static MemoryBreakdown Peak(TrainingSetup setup, bool staged = true) =>
        new MemoryModel(Shape, Traits with { StagedBackward = staged }, NoOverhead).Predict(setup);
}
