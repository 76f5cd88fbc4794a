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

    /// <summary>A library that notes name makes it the stack with both, where that one is known; the words in brackets stay last.</summary>
    [Theory]
    [InlineData("HF Trainer + FSDP (fms-acceleration)", "foak-fast-kernels; targets q_proj", "HF Trainer + FSDP + FOAK (fms-acceleration)", "fused")]
    [InlineData("HF Trainer (fms-acceleration)", "foak-fast-kernels-liger", "HF Trainer + Liger (fms-acceleration)", "fused")]
    [InlineData("HF Trainer (fms-acceleration)", "no fused kernels", "HF Trainer (fms-acceleration)", "eager")]
    [InlineData("HF Trainer (fms-acceleration)", null, "HF Trainer (fms-acceleration)", "eager")]
    [InlineData("torchtitan", "liger", "torchtitan", "compiled")]
    public void With_its_library_a_stack_is_another(string text, string? notes, string name, string kernels)
    {
        var stack = Stacks.Find(text, notes);
        Assert.Equal((name, kernels), (stack.Name, stack.Time.Kernels));
    }

    [Fact]
    public void Notes_alone_name_no_stack() => Assert.Null(Stacks.Find(null, "liger").Name);

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
