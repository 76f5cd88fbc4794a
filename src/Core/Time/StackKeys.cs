using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>The groups that a setup on a device in a stack belongs to.</summary>
public static class StackKeys
{
    /// <summary>A block with a gated feed-forward, and with it RMSNorm and rotary positions, as Llama's.</summary>
    public const string GatedBlock = "gated";

    /// <summary>A block with one matrix into the feed-forward, LayerNorm and learned positions, as GPT-2's.</summary>
    public const string PlainBlock = "plain";

    /// <summary>Works the groups out.</summary>
    /// <param name="device">The device.</param>
    /// <param name="stack">The stack's traits.</param>
    /// <param name="shape">The transformer.</param>
    /// <param name="setup">How a step is run.</param>
    /// <param name="attentionKernel">The attention kernel's name where it is known.</param>
    public static GroupKeys Of(DeviceSpec device, StackTraits stack, in ShapeCosts shape, in TrainingSetup setup, string? attentionKernel)
    {
        var isMachine = device.ComputeCapability is null;
        return new()
        {
            Kernels = stack.KernelsOf(setup.Compile),
            Family = stack.Family,
            Stack = stack.Name,
            Architecture = device.ComputeCapability,
            Device = device.Name,
            Machine = isMachine ? device.Name : null,
            MachinePrecision = isMachine ? $"{device.Name} {setup.Precision}" : null,
            MachineBlock = isMachine ? $"{device.Name} {(shape.FfnInputs > 1 ? GatedBlock : PlainBlock)}" : null,
            MachineRanks = isMachine && setup.Gpus > 1 ? device.Name : null,
            MachineScheme = isMachine && setup.Gpus > 1 ? $"{device.Name} {setup.Layout.Scheme}" : null,
            AttentionKernel = setup.Attention == AttentionKind.Flash ? attentionKernel?.ToLowerInvariant() : null,
            Recipe = setup.Precision == Precision.Bf16Pure ? "pure" : "mixed",
            Parallelism = setup.Gpus == 1 ? "single" : setup.Layout.Scheme.ToString(),
        };
    }
}
