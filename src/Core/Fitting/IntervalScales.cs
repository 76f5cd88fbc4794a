using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Fitting;

/// <summary>How wide intervals must be by what the fit knows of a configuration. Found by leaving groups out, never in sample.</summary>
/// <param name="Known">Stack and device have rows.</param>
/// <param name="NewStack">The stack has none.</param>
/// <param name="NewDevice">The device has none.</param>
/// <param name="ByStack">
/// In place of <paramref name="Known"/>, for stacks with rows enough to tell: some publish averages of long runs, others single readings.
/// </param>
/// <param name="NewSource">
/// Stack and device have rows, but of other publications, as a run of one's own; <paramref name="Known"/> where it is null.
/// </param>
public sealed record IntervalScales(
    IntervalScale Known, IntervalScale NewStack, IntervalScale NewDevice, IReadOnlyDictionary<string, IntervalScale>? ByStack = null,
    IntervalScale? NewSource = null)
{
    /// <summary>
    /// The model is shared among ranks, and the publication has such rows; null where no such rows were fitted. Counts where it is wider
    /// than that of a whole model.
    /// </summary>
    public IntervalScale? Shared { get; init; }

    /// <summary>In place of <see cref="Shared"/>, for stacks with such rows enough to tell.</summary>
    public IReadOnlyDictionary<string, IntervalScale>? SharedByStack { get; init; }

    /// <summary>The same where the publication has none.</summary>
    public IntervalScale? SharedElsewhere { get; init; }

    /// <summary>As computed.</summary>
    public static IntervalScales None { get; } = Flat(1);

    /// <summary>One factor for everything.</summary>
    public static IntervalScales Flat(double factor) =>
        new(IntervalScale.Flat(factor), IntervalScale.Flat(factor), IntervalScale.Flat(factor));

    /// <summary>The scale for a configuration; the larger one where stack and device are both new.</summary>
    public IntervalScale Of(FittedModel model, GroupKeys keys) => Of(model.Known, keys);

    /// <summary>The same where groups alone are known of the fit.</summary>
    internal IntervalScale Of(KnownGroups model, GroupKeys keys)
    {
        var shared = keys.Split is null ? null
            : !model.SharedSources.Contains(keys.Source ?? "") ? SharedElsewhere
            : SharedByStack?.GetValueOrDefault(keys.Stack ?? "") ?? Shared;
        var whole = OfWhole(model, keys);
        return shared?.Max(whole) ?? whole;
    }

    private IntervalScale OfWhole(KnownGroups model, GroupKeys keys)
    {
        var newStack = keys.Stack is not { } stack || !model.Stacks.Contains(stack);
        var newDevice = keys.Device is not { } device || !model.Devices.Contains(device);
        return (newStack, newDevice) switch
        {
            (false, false) when NewSource is { } other && !model.Sources.Contains(keys.Source ?? "") => other,
            (false, false) => ByStack?.GetValueOrDefault(keys.Stack!, Known) ?? Known,
            (true, false) => NewStack,
            (false, true) => NewDevice,
            _ => NewStack.Max(NewDevice),
        };
    }
}
