using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Memory;

/// <summary>
/// What stages keep whose first blocks are frozen, by hand: 16 blocks of width 2,048 on four stages, the last six trained. Frozen weights
/// take 2 bytes; of trained ones mixed precision keeps 4, 4 of gradients and 8 of moments.
/// </summary>
public sealed class FrozenStageTests
{
    private const double Table = 50_304.0 * 2048;

    private static readonly double Block = ParameterCount.OfBlock(ExampleSetups.Shape);
    private static readonly Tuning Six = new(TuningMethod.Freeze, TrainedBlocks: 6);

    /// <summary>
    /// The first two stages have no backward pass; the second differs from the first by its table. The third keeps two blocks of two
    /// micro-batches on their way, the last four of one.
    /// </summary>
    [Fact]
    public void Stages_before_the_first_trained_block_keep_nothing_for_gradients()
    {
        var setup = Setup("pp(4)", 4, Six) with { GradAccum = 8 };
        var whole = new BoundShape(ExampleSetups.Shape, MemoryTraits.Unknown, MemoryConstants.Documented);
        var stages = new StageShapes(whole).Of(setup.Layout, Six);
        Assert.Equal(
            [(false, 0.0, 0.0, 4 * Block + Table), (false, 0, 0, 4 * Block), (true, 2 * 2, 2 * Block, 4 * Block),
                (true, 4, 4 * Block, 4 * Block + Table)],
            stages.Select(stage => (stage.HasBackward, new StepMemory(stage, setup).Blocks, stage.Trained(Six), stage.Parameters)));
    }

    /// <summary>The first stage has four frozen blocks and the table, and no gradients, states or workspace, on whatever ranks.</summary>
    [Theory]
    [InlineData("pp(4)", 4, Recomputation.None)]
    [InlineData("zero1+pp(4)", 8, Recomputation.Full)]
    [InlineData("zero2+pp(4)", 8, Recomputation.Selective)]
    public void The_first_stage_has_weights_alone(string scheme, int gpus, Recomputation recomputation)
    {
        var memory = new MemoryModel(ExampleSetups.Shape)
            .PredictFirstStage(Setup(scheme, gpus, Six) with { Recomputation = recomputation });
        Assert.Equal(2 * (4 * Block + Table), memory.Parameters.Count, 1.0);
        Assert.Equal((0, 0, 0), (memory.OptimizerStates.Count, memory.Gradients.Count, memory.MasterWeights.Count));
        Assert.Equal((0, 0, 0, 0), (memory[MemoryComponents.Workspace], memory[MemoryComponents.BlockInputs],
            memory[MemoryComponents.Buffers], memory[MemoryComponents.Logits]));
    }

    /// <summary>The peak is the last stage's: four trained blocks, and the head's frozen table.</summary>
    [Fact]
    public void The_last_stage_has_the_states_of_its_blocks()
    {
        var memory = new MemoryModel(ExampleSetups.Shape).Predict(Setup("pp(4)", 4, Six));
        Assert.Equal((4 * 4 * Block) + (2 * Table), memory.Parameters.Count, 1.0);
        Assert.Equal(8 * 4 * Block, memory.OptimizerStates.Count, 1.0);
        Assert.Equal(4 * 4 * Block, memory.Gradients.Count, 1.0);
    }

    /// <summary>On the host lie 14 bytes of the four trained blocks of the last stage.</summary>
    [Fact]
    public void The_host_holds_what_a_stage_trains() => Assert.Equal(14 * 4 * Block, new MemoryModel(ExampleSetups.Shape)
        .HostBytes(Setup("pp(4)", 4, Six) with { Optimizer = new() { OnHost = true } }), 1.0);

    /// <summary>
    /// A dense block and three with experts on two stages: three trained blocks are the last two and, on the first stage, the second.
    /// </summary>
    [Fact]
    public void Blocks_that_differ_are_held_as_they_are()
    {
        var shape = BlockWorkTests.Experts();
        var tuning = new Tuning(TuningMethod.Freeze, TrainedBlocks: 3);
        var stages = new StageShapes(new(shape, MemoryTraits.Unknown, MemoryConstants.Documented)).Of(
            Scheme.Parse("pp(2)").On(2, 8), tuning);
        const double Dense = 50_335_744, Expert = 67_129_344, Routed = 8 * 3 * 2048.0 * 1024;
        Assert.Equal([(Dense + Expert + shape.Vocab * 2048.0, Expert, Routed), (2 * Expert + shape.Vocab * 2048.0, 2 * Expert, 2 * Routed)],
            stages.Select(stage => (stage.Parameters, stage.Trained(tuning), stage.TrainedExperts(tuning))));
    }

    /// <summary>With as many stages as one the bytes are those without any, whatever is trained.</summary>
    [Fact]
    public void One_stage_is_none() => Assert.Equal(
        new MemoryModel(ExampleSetups.Shape).Predict(Setup("zero1", 8, Six)).Total,
        new MemoryModel(ExampleSetups.Shape).Predict(Setup("zero1+pp(1)", 8, Six)).Total);

    private static TrainingSetup Setup(string scheme, int gpus, Tuning tuning) =>
        ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(gpus, 8), Tuning = tuning, GradAccum = 2 };
}
