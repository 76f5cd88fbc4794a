using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>All that is known of memory: what stacks keep, and what was fitted.</summary>
/// <param name="Stacks">Traits of software stacks.</param>
/// <param name="Fit">Constants and spreads.</param>
public sealed record MemoryProfile(SoftwareStackCatalog Stacks, FittedMemory Fit)
{
    /// <summary>An unknown stack for all, with what documents suggest.</summary>
    public static MemoryProfile None { get; } = new(new SoftwareStackCatalog([], []), FittedMemory.None);

    /// <summary>What learned peaks say of stacks, by <see cref="Key"/>.</summary>
    public IReadOnlyDictionary<string, PeakLesson> Lessons { get; init; } = new Dictionary<string, PeakLesson>();

    /// <summary>What a stack may be: itself where its traits are known or nothing was fitted, else a mixture.</summary>
    internal IReadOnlyList<StackWeight> Kinds(string? stack) =>
        IsKnown(stack) || Fit.Mixture.Count == 0 ? [new(stack ?? "", 1)] : Fit.Mixture;

    /// <summary>Spread of the logarithm of a stack's peak around each of its kinds.</summary>
    internal double Spread(string? stack) => IsKnown(stack) ? Fit.KnownStackLogSpread : Fit.UnknownStackLogSpread;

    /// <summary>Share of its variance that runs of the stack have in common.</summary>
    internal double SharedShare(string? stack) => IsKnown(stack) ? Fit.SharedShare : Fit.UnknownSharedShare;

    private bool IsKnown(string? stack) => Stacks.Find(stack).MemoryOf is not null;

    /// <summary>The name under which a stack's runs are learned: spellings of one stack are one.</summary>
    internal string Key(string? stack) => Spelling.Normalise(Stacks.Find(stack).Name ?? "");

    /// <summary>The memory model of a shape in a stack; null and unknown names take an unknown stack's traits.</summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="kernels">Traits of a stack with the library of fused kernels that is used besides; null for none.</param>
    public MemoryModel Model(TransformerShape shape, string? stack, MemoryTraits? kernels = null) =>
        new(shape, Stacks.Find(stack).Memory.With(kernels), Fit.Constants);

    /// <summary>The same with its uncertainty: a mixture over known stacks where the stack is unknown.</summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="kernels">Traits of a stack with the library of fused kernels that is used besides; null for none.</param>
    public PeakOutlook Outlook(TransformerShape shape, string? stack, MemoryTraits? kernels = null)
    {
        if (Lessons.TryGetValue(Key(stack), out var lesson))
            return Outlook(shape, lesson, kernels);
        var (model, kinds) = (Model(shape, stack, kernels), Kinds(stack));
        return kinds.Count == 1
            ? new(model, Spread(stack))
            : new(model, Spread(stack), kinds, [.. kinds.Select(part => Model(shape, part.Stack, kernels))]);
    }

    private PeakOutlook Outlook(TransformerShape shape, PeakLesson lesson, MemoryTraits? kernels) =>
        lesson.Outlook(kind => new(shape, Stacks.Find(kind.Kind.Stack).Memory.With(kernels), Fit.Constants, kind.Kept));

    /// <summary>A model whose traits were measured on the machine itself, with the spread of known stacks.</summary>
    public PeakOutlook Outlook(MemoryModel model) => new(model, Fit.KnownStackLogSpread);
}

/// <summary>
/// What a calibrated machine's own training code keeps in memory, in place of a stack's traits and of the published constants.
/// </summary>
/// <param name="Traits">What the code does.</param>
/// <param name="Constants">Context and slack, as measured on the machine.</param>
public sealed record MachineMemory(MemoryTraits Traits, MemoryConstants Constants)
{
    /// <summary>The memory model of a shape on this machine.</summary>
    public MemoryModel Of(TransformerShape shape) => new(shape, Traits, Constants);
}
