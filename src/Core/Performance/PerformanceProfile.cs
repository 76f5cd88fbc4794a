using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Core.Performance;

/// <summary>
/// Everything known about how fast devices and software stacks are. Here: datasheet defaults alone, one achievable
/// share of peak for every device, until coefficients fitted to measurements take their place.
/// </summary>
public sealed class PerformanceProfile
{
    /// <summary>Binds the model to one shape, device, link and stack, so that setups can be evaluated without allocating.</summary>
    /// <param name="shape">The transformer.</param>
    /// <param name="device">The device's datasheet.</param>
    /// <param name="link">Links inside and between nodes; null when unknown.</param>
    /// <param name="stack">Software stack by name; null for the population of stacks.</param>
    public StepTimeModel Bind(TransformerShape shape, DeviceSpec device, NodeLink? link, string? stack) => new(shape, device, link);
}
