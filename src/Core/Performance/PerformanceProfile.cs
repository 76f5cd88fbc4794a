using SlmPlanner.Core.Calibration;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Performance;

/// <summary>
/// Everything known about how fast devices and software stacks are: the fit of the published rows, one fit per
/// calibrated machine, and the traits of stacks. Where nothing is fitted, the priors and datasheets speak.
/// </summary>
public sealed class PerformanceProfile
{
    private readonly FittedModel _published;
    private readonly Dictionary<string, FittedModel> _machines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The priors alone.</summary>
    public PerformanceProfile() : this(FittedModel.Prior, [], new([]))
    {
    }

    /// <summary>Joins fits.</summary>
    /// <param name="published">The fit over many devices.</param>
    /// <param name="machines">Fits of calibrated machines, by device name.</param>
    /// <param name="stacks">Stacks.</param>
    public PerformanceProfile(FittedModel published, IEnumerable<(string Device, FittedModel Model)> machines, StackCatalog stacks)
    {
        (_published, Stacks) = (published, stacks);
        foreach (var (device, model) in machines)
            _machines[device] = model;
    }

    /// <summary>The stacks.</summary>
    public StackCatalog Stacks { get; }

    /// <summary>The fit over many devices.</summary>
    public FittedModel Published => _published;

    /// <summary>The fits by the names of the machines they are for.</summary>
    public IEnumerable<string> Machines => _machines.Keys.Order(StringComparer.Ordinal);

    /// <summary>The fit that speaks for a device: its own, else that of the published rows.</summary>
    public FittedModel For(string device) => _machines.GetValueOrDefault(device) ?? _published;

    /// <summary>Binds the model to one shape, device, link and stack, so that setups can be evaluated without allocating.</summary>
    /// <param name="shape">The transformer.</param>
    /// <param name="device">The device's datasheet.</param>
    /// <param name="link">Links inside and between nodes; null when unknown.</param>
    /// <param name="stack">Software stack by name; null for the population of stacks.</param>
    public StepTimeModel Bind(TransformerShape shape, DeviceSpec device, NodeLink? link, string? stack) =>
        new(shape, device, link, Stacks.Find(stack), For(device.Name));
}
