using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Communication;

/// <summary>
/// What ranks that share a model with frozen weights exchange, by hand: 16 plain blocks of width 2,048, 8 sequences of 2,048 tokens, two
/// bytes an element.
/// </summary>
public sealed class TunedModelScheduleTests
{
    /// <summary>16,384 tokens of rank 16 in two bytes.</summary>
    private const double Narrow = 16_384.0 * 16 * 2;

    /// <summary>
    /// Beside queries, keys, values and the way up gradients of rank width are added up once; beside the ways back their products are, and
    /// again where the forward pass is repeated.
    /// </summary>
    [Theory]
    [InlineData("tp(4)", AdapterTargets.Query | AdapterTargets.Value, Recomputation.None, 2 * 16)]
    [InlineData("tp(4)", AdapterTargets.All, Recomputation.None, (4 + 2) * 16)]
    [InlineData("tp(4)", AdapterTargets.All, Recomputation.Full, (4 + 2 * 2) * 16)]
    [InlineData("tp(4)+sp", AdapterTargets.Output, Recomputation.Selective, 2 * 16)]
    [InlineData("tp(2)+pp(4)", AdapterTargets.All, Recomputation.None, (4 + 2) * 4)]
    public void Adapters_add_up_what_is_as_wide_as_their_rank(
        string scheme, AdapterTargets targets, Recomputation recomputation, double times)
    {
        var call = Tensor(scheme, new(TuningMethod.Lora, 16, targets), recomputation)[^1];
        Assert.Equal((CollectiveOperation.AllReduce, Narrow, times, false), (call.Operation, call.Bytes, call.Times, call.Overlaps));
    }

    /// <summary>Every block has a backward pass: the exchanges of the blocks are those of training everything.</summary>
    [Fact]
    public void Blocks_exchange_what_they_do_where_all_is_trained()
    {
        var (all, lora) = (Tensor("tp(4)", Tuning.Full), Tensor("tp(4)", new(TuningMethod.Lora, 16, AdapterTargets.All)));
        Assert.Equal(all, lora[..^1]);
    }

    /// <summary>
    /// Weights that are frozen have no gradients that need their inputs again; adapters beside queries and the way up do, those beside the
    /// ways back have their inputs divided.
    /// </summary>
    [Theory]
    [InlineData(AdapterTargets.All, 2 * 16)]
    [InlineData(AdapterTargets.Query | AdapterTargets.Value, 16)]
    [InlineData(AdapterTargets.Output | AdapterTargets.Down, 0)]
    public void Inputs_are_gathered_again_for_adapters_alone(AdapterTargets targets, double times)
    {
        var again = Assert.Single(Tensor("tp(4)+sp", new(TuningMethod.Lora, 16, targets)), call => call.Overlaps);
        Assert.Equal((CollectiveOperation.AllGather, times), (again.Operation, again.Times));
    }

    /// <summary>
    /// The last 4 of 16 blocks are trained: two exchanges forward of each block and two backward of 4, and one each for embedding and head;
    /// 4 blocks are computed again.
    /// </summary>
    [Theory]
    [InlineData(Recomputation.None, 2 * 16 + 2 * 4 + 2)]
    [InlineData(Recomputation.Full, 2 * 16 + 4 * 4 + 2)]
    public void Frozen_blocks_exchange_forward_alone(Recomputation recomputation, double times) =>
        Assert.Equal(times, Tensor("tp(4)", new(TuningMethod.Freeze, TrainedBlocks: 4), recomputation)[0].Times);

    /// <summary>Keys of all blocks go around forward, those of 4 of 16 twice more: 3 steps of 16 + 2 · 4.</summary>
    [Fact]
    public void Keys_of_frozen_blocks_travel_once()
    {
        Span<CollectiveCall> calls = stackalloc CollectiveCall[5];
        var (part, setup) = On("cp(4)", new(TuningMethod.Freeze, TrainedBlocks: 4), Recomputation.None);
        new ModelSchedule(part, setup, 2).Context(calls);
        Assert.Equal(3.0 * (16 + 2 * 4), calls[0].Times);
        (part, setup) = On("cp(4)", new(TuningMethod.Lora), Recomputation.None);
        new ModelSchedule(part, setup, 2).Context(calls);
        Assert.Equal(3.0 * 3 * 16, calls[0].Times);
    }

    /// <summary>
    /// 16 blocks on four stages: activations cross three boundaries, gradients those above the stage of the first trained block. Of 17
    /// trained blocks there are no more than 16.
    /// </summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 3 + 1)]
    [InlineData(9, 3 + 2)]
    [InlineData(12, 3 + 2)]
    [InlineData(13, 3 + 3)]
    [InlineData(17, 3 + 3)]
    public void Gradients_stop_at_the_stage_of_the_first_trained_block(int trained, double boundaries)
    {
        Span<CollectiveCall> calls = stackalloc CollectiveCall[5];
        var (part, setup) = On("pp(4)", new(TuningMethod.Freeze, TrainedBlocks: trained), Recomputation.None);
        new ModelSchedule(part, setup, 2).Pipeline(calls);
        Assert.Equal((16_384.0 * 2048 * 2, boundaries / 4), (calls[0].Bytes, calls[0].Times));
    }

    /// <summary>
    /// Of four blocks, three with experts, the last is trained: tokens go there and back in each (2 ways of the mean block's), and twice
    /// more in one of four.
    /// </summary>
    [Fact]
    public void Tokens_come_back_from_frozen_experts_once()
    {
        Span<CollectiveCall> calls = stackalloc CollectiveCall[5];
        var setup = ExampleSetups.Setup with
        {
            Layout = Scheme.Parse("ep(4)").On(8, 8), Tuning = new(TuningMethod.Freeze, TrainedBlocks: 1),
        };
        var part = ShapeCosts.Of(BlockWorkTests.Experts(), padsVocabulary: false).On(setup.Layout);
        new ModelSchedule(part, setup, 2).Expert(calls);
        Assert.Equal(2.0 * 4 + 2 * 1, calls[0].Times);
    }

    private static List<CollectiveCall> Tensor(string scheme, Tuning tuning, Recomputation recomputation = Recomputation.None)
    {
        Span<CollectiveCall> calls = stackalloc CollectiveCall[5];
        var (part, setup) = On(scheme, tuning, recomputation);
        return [.. calls[..new ModelSchedule(part, setup, 2).Tensor(calls)]];
    }

    private static (ShapeCosts Part, TrainingSetup Setup) On(string scheme, Tuning tuning, Recomputation recomputation)
    {
        var parsed = Scheme.Parse(scheme);
        var layout = parsed.On(parsed.Tensor * parsed.Pipeline * parsed.Context, 8);
        return (ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false).On(layout, tuning),
            ExampleSetups.Setup with { Layout = layout, Tuning = tuning, Recomputation = recomputation });
    }
}
