using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Prediction;

/// <summary>
/// Everything known about how fast devices and software stacks are: the fit of the published rows, one fit per
/// calibrated machine, and the traits of stacks. Where nothing is fitted, the priors and datasheets speak.
/// </summary>
public sealed class PerformanceProfile
{
    private readonly FittedModel _published;
    private readonly Dictionary<string, FittedModel> _machines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The priors alone.</summary>
    public PerformanceProfile() : this(FittedModel.Prior, [], new([], []))
    {
    }

    /// <summary>Joins fits.</summary>
    /// <param name="published">The fit over many devices.</param>
    /// <param name="machines">Fits of calibrated machines, by the machine's name in the device catalog.</param>
    /// <param name="stacks">Stacks.</param>
    public PerformanceProfile(FittedModel published, IEnumerable<(string Device, FittedModel Model)> machines, SoftwareStackCatalog stacks)
    {
        (_published, Stacks) = (published, stacks);
        foreach (var (device, model) in machines)
            _machines[device] = model;
    }

    /// <summary>The stacks.</summary>
    public SoftwareStackCatalog Stacks { get; }

    /// <summary>The fit over many devices.</summary>
    public FittedModel Published => _published;

    /// <summary>The fits by the names of the machines they are for.</summary>
    public IEnumerable<string> Machines => _machines.Keys.Order(StringComparer.Ordinal);

    /// <summary>The fit that speaks for a device: a calibrated machine's own, else that of the published rows.</summary>
    public FittedModel For(Accelerator device) =>
        device.Evidence == Evidence.Calibrated && _machines.TryGetValue(device.Name, out var own) ? own : _published;

    /// <summary>The same with another fit over many devices.</summary>
    public PerformanceProfile With(FittedModel published) =>
        new(published, _machines.Select(machine => (machine.Key, machine.Value)), Stacks);

    /// <summary>Binds the model to one shape, device, link and stack, so that setups can be evaluated without allocating.</summary>
    /// <param name="shape">The transformer.</param>
    /// <param name="device">The device.</param>
    /// <param name="link">Links inside and between nodes; null when unknown.</param>
    /// <param name="stack">Software stack by name; null for the population of stacks.</param>
    /// <param name="confidence">Level of the intervals that the spread is for, in (0, 1).</param>
    public StepTimeModel Bind(
        TransformerShape shape, Accelerator device, NodeLink? link, string? stack, double confidence = StepTimeModel.UsualConfidence) =>
        new(shape, device, link, Stacks.Find(stack), For(device), confidence);
}
