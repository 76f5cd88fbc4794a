using SlmPlanner.Calibrator.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Torch.Tests;

/// <summary>A store that notes how a step ends, in order.</summary>
internal sealed class RecordedParameters(IParameterStore inner) : IParameterStore
{
    /// <summary>Names of the calls after the last backward pass.</summary>
    public List<string> Calls { get; } = [];

    public int Ranks => inner.Ranks;

    public IReadOnlyList<Tensor> Acquire(int unit) => inner.Acquire(unit);

    public void Release(int unit) => inner.Release(unit);

    public void GradientsReady(int unit, bool lastMicroBatch) => inner.GradientsReady(unit, lastMicroBatch);

    public void CompleteGradients()
    {
        Calls.Add(nameof(CompleteGradients));
        inner.CompleteGradients();
    }

    public double GradientNorm()
    {
        Calls.Add(nameof(GradientNorm));
        return inner.GradientNorm();
    }

    public void Step()
    {
        Calls.Add(nameof(Step));
        inner.Step();
    }

    public void Dispose() => inner.Dispose();
}
