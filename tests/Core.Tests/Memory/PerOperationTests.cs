using SlmPlanner.Tests.Models;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Memory;

public sealed class PerOperationTests
{
    private static readonly MemoryTraits Traits = new() { SeparateMasterWeights = true, FusedNorms = true };

    /// <summary>
    /// GPT-2 medium in 16 bits: 24 blocks of width w = 1024. Kept per token and block: its input 2w, query, value and attention's result
    /// 6w, the up multiply 8w. While the last block runs again it is there whole, 34w - 2w of dropout that is off = 32w; the final norm
    /// adds 4w.
    /// </summary>
    [Fact]
    public void Selective_recomputation_keeps_every_second_multiply()
    {
        var model = new MemoryModel(ShippedModels.Catalog.Find("gpt2-medium"), Traits,
            MemoryConstants.Documented with { BackwardShare = 0 });
        double Kept(Recomputation recomputation) => model.Predict(new(
            1024, 1, 1, Layout.OneDevice, Precision.Bf16Mixed, AttentionKind.Flash, recomputation, Compile: false)).Activations.Count
            / (1024.0 * 1024);
        Assert.Equal(24 * 16 + (32 - 16) + 4, Kept(Recomputation.Selective), 1e-9);
        Assert.Equal(24 * 32 + 4, Kept(Recomputation.None), 1e-9);
        Assert.Equal(Kept(Recomputation.None), Kept(Recomputation.Attention), 1e-9);
    }
}
