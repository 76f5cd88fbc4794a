using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>The groups that a setup on a device in a stack belongs to.</summary>
public static class StackKeys
{
    /// <summary>A block with a gated feed-forward, and with it RMSNorm and rotary positions, as Llama's.</summary>
    public const string GatedBlock = "gated";

    /// <summary>A block with one matrix into the feed-forward, LayerNorm and learned positions, as GPT-2's.</summary>
    public const string PlainBlock = "plain";

    /// <summary>Stands for the stack of runs that share the model and name none.</summary>
    private const string UnnamedStack = "unnamed";

    /// <summary>Works the groups out.</summary>
    /// <param name="device">The device.</param>
    /// <param name="stack">The stack's traits.</param>
    /// <param name="shape">The transformer.</param>
    /// <param name="setup">How a step is run.</param>
    /// <param name="attentionKernel">The attention kernel's name where it is known.</param>
    public static GroupKeys Of(Accelerator device, SoftwareStack stack, in ShapeCosts shape, in TrainingSetup setup,
        string? attentionKernel)
    {
        var isMachine = device.Evidence == Evidence.Calibrated;
        var name = device.FittedAs ?? device.Name;
        var (kernels, block) = (stack.KernelsOf(setup.Compile), shape.FfnInputs > 1 ? GatedBlock : PlainBlock);
        return new()
        {
            Kernels = kernels,
            Block = isMachine ? null : block,
            Family = stack.Family,
            Stack = stack.Name,
            Architecture = isMachine ? null : device.Architecture,
            Device = name,
            Machine = isMachine ? name : null,
            MachinePrecision = isMachine ? $"{name} {setup.Precision}" : null,
            MachineBlock = isMachine ? $"{name} {block}" : null,
            MachineRanks = isMachine && setup.Gpus > 1 ? name : null,
            MachineScheme = isMachine && setup.Gpus > 1 ? $"{name} {setup.Layout.Scheme}" : null,
            AttentionKernel = setup.Attention == AttentionKind.Flash ? attentionKernel?.ToLowerInvariant() : null,
            Recipe = setup.Precision == Precision.Bf16Pure ? "pure" : "mixed",
            Split = setup.Layout.SplitsModel ? stack.Name ?? UnnamedStack : null,
            Parallelism = setup.Gpus == 1 ? "single" : setup.Layout.Scheme.ToString(),
        };
    }
}
