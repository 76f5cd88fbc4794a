using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Calibration;

/// <summary>
/// Factors on the computed standard deviation that make nine of ten left-out rows fall into the 90 % interval, by what
/// the fit knows of a configuration. Found by leaving groups out, never in sample.
/// </summary>
/// <param name="Known">Stack and device have rows.</param>
/// <param name="NewStack">The stack has none.</param>
/// <param name="NewDevice">The device has none.</param>
/// <param name="ByStack">In place of <paramref name="Known"/>, for stacks with rows enough to tell: some publish averages of long runs, others single readings.</param>
public sealed record IntervalScales(double Known, double NewStack, double NewDevice, IReadOnlyDictionary<string, double>? ByStack = null)
{
    /// <summary>As computed.</summary>
    public static IntervalScales None { get; } = new(1, 1, 1);

    /// <summary>The factor for a configuration; the larger one where stack and device are both new.</summary>
    public double Of(FittedModel model, GroupKeys keys)
    {
        var newStack = keys.Stack is not { } stack || !model.Stacks.Contains(stack);
        var newDevice = keys.Device is not { } device || !model.Devices.Contains(device);
        return (newStack, newDevice) switch
        {
            (false, false) => ByStack?.GetValueOrDefault(keys.Stack!, Known) ?? Known,
            (true, false) => NewStack,
            (false, true) => NewDevice,
            _ => Math.Max(NewStack, NewDevice),
        };
    }
}
