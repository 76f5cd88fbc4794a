using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.ModelParallel;

/// <summary>One rank's part of a model that ranks share, in training.</summary>
internal interface IModelPart : IDisposable
{
    /// <summary>Forward and backward passes of a step's micro-batches, the same on every rank; the mean loss, on ranks that have it, else 0.</summary>
    double Pass(IReadOnlyList<(Tensor Tokens, Tensor Targets)> microBatches);

    /// <summary>The parameters that this rank has, by unit and slot of the whole model.</summary>
    IEnumerable<(int Unit, int Slot, Tensor Own)> Parameters { get; }

    /// <summary>What this rank has of a parameter of the whole model.</summary>
    Tensor Slice(Tensor whole, int unit, int slot);

    /// <summary>AdamW's update; gradients are gone after it.</summary>
    void Step();
}
