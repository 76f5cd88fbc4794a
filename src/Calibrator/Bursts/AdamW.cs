using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// Fused AdamW over a fixed list of fp32 tensors, whole parameters or shards: one kernel for all, eight bytes of moments per
/// element. TorchSharp's own AdamW loops over tensors and would be measured as if it were the hardware.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private readonly AdamWSettings _settings;
    private readonly IReadOnlyList<Tensor> _parameters;
    private readonly List<Tensor> _first;
    private readonly List<Tensor> _second;
    private readonly List<Tensor> _steps;

    /// <summary>Allocates the moments.</summary>
    public AdamW(IReadOnlyList<Tensor> parameters, AdamWSettings settings)
    {
        using var scope = NewDisposeScope();
        _settings = settings;
        _parameters = parameters;
        _first = [.. parameters.Select(parameter => zeros_like(parameter).DetachFromDisposeScope())];
        _second = [.. parameters.Select(parameter => zeros_like(parameter).DetachFromDisposeScope())];
        _steps = [.. parameters.Select(parameter => zeros(1, dtype: ScalarType.Float32, device: parameter.device)
            .DetachFromDisposeScope())];
    }

    /// <summary>One update with gradients in the order of the parameters.</summary>
    public void Step(IReadOnlyList<Tensor> gradients)
    {
        using var without = no_grad();
        using var scope = NewDisposeScope();
        foreach (var step in _steps)
            step.add_(1);
        Operators.FusedAdamW(_parameters, gradients, _first, _second, _steps, _settings);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _first.Concat(_second).Concat(_steps))
            tensor.Dispose();
    }
}

/// <summary>AdamW's constants (Loshchilov and Hutter 2019), at the values usual for small language models.</summary>
internal sealed record AdamWSettings(
    double LearningRate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.95, double WeightDecay = 0.1, double Epsilon = 1e-8);
