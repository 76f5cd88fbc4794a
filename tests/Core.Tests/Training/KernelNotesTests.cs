using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Training;

/// <summary>Libraries of fused kernels that notes name.</summary>
public sealed class KernelNotesTests
{
    private static readonly SoftwareStackCatalog Stacks = ProfileStore.Open(ShippedModels.Profiles).Stacks;

    [Theory]
    [InlineData("foak-fast-kernels-liger; targets q_proj", LossKernel.FusedLinear)]
    [InlineData("foak-fast-kernels; targets q_proj", LossKernel.VocabParallel)]
    [InlineData("chunked loss", LossKernel.InPlace)]
    [InlineData("SRC: before 42 GiB; + chunked CE: 38", LossKernel.InPlace)]
    public void Named(string notes, LossKernel loss) => Assert.Equal(loss, Stacks.KernelsIn(notes)?.Loss);

    [Theory]
    [InlineData("no liger")]
    [InlineData("largest batch that fits before the loss was chunked; logits dominate")]
    [InlineData("plain")]
    [InlineData(null)]
    public void Not_named(string? notes) => Assert.Null(Stacks.KernelsIn(notes));

    /// <summary>Fused norms, activation and loss come on top; what else the stack does stays.</summary>
    [Fact]
    public void They_come_on_top()
    {
        var stack = new MemoryTraits { PureBf16 = true, FusedNorms = true, Dropout = true };
        Assert.Equal(
            stack with { FusedActivation = true, Loss = LossKernel.FusedLinear },
            stack.With(new() { FusedActivation = true, Loss = LossKernel.FusedLinear, OptimizerOnHost = true }));
        Assert.Equal(stack, stack.With(null));
    }
}
