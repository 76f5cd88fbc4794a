using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>All parameters resident on one rank; gradients are freed after each step and allocated by the next backward pass.</summary>
internal sealed class ResidentParameters : IParameterStore
{
    private readonly IReadOnlyList<IReadOnlyList<Tensor>> _units;
    private readonly List<Tensor> _all;
    private readonly AdamW _optimizer;

    /// <summary>Draws the initial values by seed and allocates AdamW's moments.</summary>
    public ResidentParameters(Decoder decoder, int seed, Device device, AdamWSettings settings)
    {
        _units = InitialParameters.Draw(decoder, seed, device);
        _all = [.. _units.SelectMany(unit => unit)];
        _optimizer = new AdamW(_all, settings);
    }

    /// <summary>All parameters in unit order.</summary>
    public IReadOnlyList<Tensor> All => _all;

    /// <inheritdoc/>
    public int Ranks => 1;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Acquire(int unit) => _units[unit];

    /// <inheritdoc/>
    public void Release(int unit)
    {
    }

    /// <inheritdoc/>
    public void GradientsReady(int unit, bool lastMicroBatch)
    {
    }

    /// <inheritdoc/>
    public void CompleteGradients()
    {
    }

    /// <inheritdoc/>
    public void Step()
    {
        using var scope = NewDisposeScope();
        _optimizer.Step(Gradients());
        foreach (var parameter in _all)
            parameter.grad = null;
    }

    /// <inheritdoc/>
    public double GradientNorm()
    {
        using var scope = NewDisposeScope();
        return Math.Sqrt(Gradients().Sum(gradient => Math.Pow(gradient.norm().ToDouble(), 2)));
    }

    /// <summary>The gradients in the order of <see cref="All"/>, owned by the caller's dispose scope.</summary>
    public List<Tensor> Gradients() => [.. _all.Select(parameter => parameter.grad!)];

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _all.ForEach(parameter => parameter.Dispose());
    }
}
