using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using Op = SlmPlanner.Core.Hardware.CollectiveOperation;

namespace SlmPlanner.Core.Communication;

/// <summary>
/// The messages of one micro-batch on the average rank where ranks share a model, forward and backward: activations and their gradients,
/// RankTokens · d elements whole. Each method gives the calls of one axis.
/// </summary>
/// <param name="shape">A rank's part of the model.</param>
/// <param name="setup">Layout, tokens, recomputation.</param>
/// <param name="elementBytes">Bytes of an activation.</param>
internal readonly ref struct ModelSchedule(in ShapeCosts shape, in TrainingSetup setup, double elementBytes)
{
    /// <summary>
    /// Exchanges of a block in each direction: one after attention, one after the feed-forward (Shoeybi et al. 2019, figure 4).
    /// </summary>
    private const double Exchanges = 2;

    /// <summary>
    /// Bytes of fp32 numbers that a loss divided by words exchanges: the largest logit, the sum, the target's (Shoeybi et al. 2019, section
    /// 3).
    /// </summary>
    private const double LossBytes = 4, LossExchanges = 3;

    private readonly ref readonly ShapeCosts _shape = ref shape;
    private readonly ref readonly TrainingSetup _setup = ref setup;

    /// <summary>Bytes of what goes from block to block, whole.</summary>
    private double Activation => _setup.RankTokens * _shape.DModel * elementBytes;

    private double Stages => _setup.Mesh.Pipeline;

    /// <summary>Share of the blocks that have a backward pass.</summary>
    private double Backward => TrainedWork.Of(_setup.Tuning, _shape.Layers / _shape.Part.Blocks).Backward;

    /// <summary>True where the forward pass of multiplies is repeated.</summary>
    private bool IsRepeated => _setup.Recomputation is Recomputation.Full or Recomputation.Selective;

    /// <summary>
    /// Tensor parallelism: two all-reduces forward and two backward per block, and one each for embedding and head. Full recomputation has
    /// the forward ones again. Under sequence parallelism each is a reduce-scatter and an all-gather, and the backward pass gathers each
    /// multiply's input again for the gradients of its weights, beside computation (Korthikanti et al. 2022, section 4.2.2). Adapters add
    /// up what is as wide as their rank.
    /// </summary>
    public int Tensor(Span<CollectiveCall> calls)
    {
        var exchanges = Exchanges * (1 + Backward * (_setup.Recomputation == Recomputation.Full ? 2 : 1)) * _shape.Layers + 2 / Stages;
        var count = 0;
        if (_setup.Layout.SequenceParallel)
        {
            calls[count++] = new(Op.ReduceScatter, Activation, MeshAxis.Tensor, exchanges, CallPhase.MicroBatch, Overlaps: false);
            calls[count++] = new(Op.AllGather, Activation, MeshAxis.Tensor, exchanges, CallPhase.MicroBatch, Overlaps: false);
            calls[count++] = new(Op.AllGather, Activation, MeshAxis.Tensor, GatheredAgain * _shape.Layers, CallPhase.MicroBatch,
                Overlaps: true);
        }
        else
        {
            calls[count++] = new(Op.AllReduce, Activation, MeshAxis.Tensor, exchanges, CallPhase.MicroBatch, Overlaps: false);
        }
        calls[count++] = new(Op.AllReduce, _setup.RankTokens * LossBytes, MeshAxis.Tensor, LossExchanges / Stages, CallPhase.MicroBatch,
            Overlaps: false);
        if (_setup.Tuning.HasAdapters && _shape.Trainable is { } trainable)
        {
            var times = trainable.Sites.Exchanges(_setup.Tuning.Targets, _shape.Part, IsRepeated ? 2 : 1);
            calls[count++] = new(Op.AllReduce, _setup.RankTokens * _setup.Tuning.Rank * elementBytes, MeshAxis.Tensor, times,
                CallPhase.MicroBatch, Overlaps: false);
        }
        return count;
    }

    /// <summary>
    /// Inputs of a block's multiplies that its weights' gradients need: two, beside adapters those of what they stand beside.
    /// </summary>
    private double GatheredAgain => !_setup.Tuning.HasAdapters ? Exchanges * Backward
        : ((_setup.Tuning.Targets & (AdapterTargets.Query | AdapterTargets.Key | AdapterTargets.Value)) != 0 ? 1 : 0)
            + ((_setup.Tuning.Targets & (AdapterTargets.Gate | AdapterTargets.Up)) != 0 ? 1 : 0);

    /// <summary>
    /// Pipeline: each boundary between parts of the model is crossed forward and backward, P·v − 1 boundaries for P stages of v parts
    /// (Narayanan et al. 2021, section 2.2). Gradients stop at the stage of the first trained block. Under sequence parallelism each rank
    /// sends its own tokens.
    /// </summary>
    public int Pipeline(Span<CollectiveCall> calls)
    {
        var crossings = Crossings(_shape, _setup.Layout);
        var bytes = Activation * _shape.ResidualWidth / _shape.DModel;
        calls[0] = new(Op.SendReceive, bytes, MeshAxis.Neighbours, crossings, CallPhase.MicroBatch, Overlaps: false);
        return 1;
    }

    /// <summary>Messages between stages in one micro-batch, on the average rank.</summary>
    public static double Crossings(in ShapeCosts shape, in Layout layout)
    {
        double stages = layout.Mesh.Pipeline;
        return (2 * (stages * layout.Chunks - 1) - shape.StagesWithoutBackward) / stages;
    }

    /// <summary>
    /// Experts: tokens go to the ranks that have their experts and come back, twice forward and twice backward, k copies of each in every
    /// block with experts (Lepikhin et al. 2021, GShard, section 3.2); what is recomputed goes again. Under sequence parallelism each rank
    /// sends its own tokens. All wait for the fullest rank.
    /// </summary>
    public int Expert(Span<CollectiveCall> calls)
    {
        if (_shape.Mixed is not { RoutedCopies: > 0 } mixed)
            return 0;
        var ways = 2 + 2 * Backward * (IsRepeated ? 2 : 1);
        var bytes = Activation * _shape.ResidualWidth / _shape.DModel * mixed.RoutedCopies / _shape.Layers * _setup.ExpertLoad;
        calls[0] = new(Op.AllToAll, bytes, MeshAxis.Expert, ways * _shape.Layers, CallPhase.MicroBatch, Overlaps: false);
        return 1;
    }

    /// <summary>
    /// Context: keys and values of each rank's tokens travel around the ring, C − 1 steps, in the backward pass with their gradients
    /// (Liu et al. 2023, Ring Attention, section 3), beside attention.
    /// </summary>
    public int Context(Span<CollectiveCall> calls)
    {
        var width = _shape.Mixed is { } mixed ? mixed.KeyValueWidth / _shape.Layers : _shape.KvWidth;
        var bytes = 2 * _setup.RankTokens * width * elementBytes;
        var passes = 1 + Backward * (_setup.Recomputation is Recomputation.Full or Recomputation.Attention ? 3 : 2);
        calls[0] = new(
            Op.SendReceive, bytes, MeshAxis.Context, passes * (_setup.Mesh.Context - 1) * _shape.Layers, CallPhase.MicroBatch,
            Overlaps: true);
        return 1;
    }
}
