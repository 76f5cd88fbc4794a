using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Distributed.Verification;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using static TorchSharp.torch;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>Ranks that share a model train as one process does, and move the bytes that the planner counts.</summary>
public sealed class ModelParallelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Training_shared_by_tensors_and_by_stages_equals_one_process(int ranks)
    {
        Torch.LoadOrSkip();
        using var error = new StringWriter();
        var outcome = RanksOfTest.Run(ranks, error, "check-ranks");
        output.WriteLine(outcome.Output + error);
        Assert.Null(outcome.Failure);
        foreach (var sharing in Enum.GetValues<ModelSharing>())
        {
            var line = Assert.Single(outcome.Output.Split('\n'), text => text.StartsWith($"{sharing,-8} fp32", StringComparison.Ordinal));
            Assert.EndsWith("right", line.TrimEnd(), StringComparison.Ordinal);
            Assert.Contains($"{ModelParallelCheck.Theory(sharing, ranks)} bytes", line, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// What the check holds its ranks to is what the planner's schedule says of the same model: all calls of a rank, and those of all
    /// stages.
    /// </summary>
    [Theory]
    [InlineData("tp(2)", true, 2)]
    [InlineData("tp(4)", true, 4)]
    [InlineData("pp(2)", false, 2)]
    [InlineData("pp(4)", false, 4)]
    public void The_planner_counts_the_bytes_that_are_moved(string scheme, bool byTensors, int ranks)
    {
        var sharing = byTensors ? ModelSharing.Tensor : ModelSharing.Pipeline;
        var spec = ModelParallelCheck.Small;
        var shape = new TransformerShape
        {
            Name = "small", Layers = spec.NLayers, DModel = spec.DModel, Heads = spec.NHeads, KvHeads = spec.NKvHeads,
                HeadDim = spec.HeadDim, DFfn = spec.DFfn,
            FfnKind = FfnKind.Swiglu, Vocab = spec.Vocab, TiedEmbeddings = false,
        };
        var setup = new TrainingSetup(
            spec.SeqLen, spec.MicroBatch, spec.GradAccum, Scheme.Parse(scheme).On(ranks, ranks), Precision.Fp32, AttentionKind.Flash,
            Recomputation.None, false);
        var schedule = new ModelSchedule(ShapeCosts.Of(shape, padsVocabulary: false).On(setup.Layout), setup, elementBytes: 4);
        Span<CollectiveCall> calls = stackalloc CollectiveCall[4];
        var count = sharing == ModelSharing.Tensor ? schedule.Tensor(calls) : schedule.Pipeline(calls);
        var bytes = 0.0;
        foreach (var call in calls[..count])
            bytes += call.Bytes * call.Times * spec.GradAccum * (sharing == ModelSharing.Pipeline ? ranks : 1);
        Assert.Equal(ModelParallelCheck.Theory(sharing, ranks), bytes, 1e-6);
    }

    [Fact]
    public void Ranks_that_exchange_nothing_are_found_wrong()
    {
        Torch.LoadOrSkip();
        var result = ModelParallelCheck.Run(RankGroup.OnCpu(new IdleCollectives(), ranksPerHost: 2), ModelSharing.Tensor, CPU);
        Assert.False(result.Difference.Within(StrategyDifference.ToleranceFp32), $"{result}");
        Assert.False(result.Right);
    }
}
