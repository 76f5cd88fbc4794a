using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

public sealed class RowMemoryTests
{
    private static readonly SoftwareStackCatalog Stacks = ProfileStore.Open(ShippedModels.Profiles).Stacks;
    private static readonly RowMemory Memory = new(new MemoryProfile(Stacks, FittedMemory.None));
    private static readonly TrainingSetup Mixed = new(
        2048, 4, 1, Layout.OneDevice, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);

    /// <summary>The book's loop calls model.to(bfloat16); two moments of two bytes are left of Adam's state.</summary>
    [Fact]
    public void A_stack_decides_what_plain_bf16_means()
    {
        var shape = ShippedModels.Catalog.Find("gpt2");
        double Moments(string stack, string precision, double deviceGib = 80) => Memory.Predict(
            shape, Memory.Settle(shape, Mixed, new(stack, precision == "bf16", false), deviceGib), stack).OptimizerStates.Count;
        Assert.Equal(4.0 * 124439808, Moments("LLMs-from-scratch (PyTorch 2.6)", "bf16"));
        Assert.Equal(8.0 * 124439808, Moments("LLMs-from-scratch (PyTorch 2.6)", "bf16-mixed"));
        Assert.Equal(8.0 * 124439808, Moments("Megatron-LM", "bf16"));
    }

    [Fact]
    public void Plain_bf16_is_pure_where_only_pure_fits_and_a_stated_recipe_stays()
    {
        var shape = ShippedModels.Catalog.Find("gpt2");
        double Peak(Precision precision) => Memory.Predict(shape, Mixed with { Precision = precision }, null).Total.GiB;
        var between = (Peak(Precision.Bf16Pure) + Peak(Precision.Bf16Mixed)) / 2;
        Precision Recipe(string word, double deviceGib) =>
            Memory.Settle(shape, Mixed, new(null, word == "bf16", false), deviceGib).Precision;
        Assert.Equal(Precision.Bf16Pure, Recipe("bf16", between));
        Assert.Equal(Precision.Bf16Mixed, Recipe("bf16", 80));
        Assert.Equal(Precision.Bf16Mixed, Recipe("bf16", Peak(Precision.Bf16Pure) / 2));
        Assert.Equal(Precision.Bf16Mixed, Recipe("bf16-mixed", between));
    }

    [Fact]
    public void Unstated_recomputation_is_full_where_only_that_fits()
    {
        var shape = ShippedModels.Catalog.Find("gpt2");
        double Peak(Recomputation kind) => Memory.Predict(shape, Mixed with { Recomputation = kind }, null).Total.GiB;
        var between = (Peak(Recomputation.None) + Peak(Recomputation.Full)) / 2;
        Recomputation Kind(string? word, double deviceGib) =>
            Memory.Settle(shape, Mixed, new(null, false, word is null), deviceGib).Recomputation;
        Assert.Equal(Recomputation.Full, Kind(null, between));
        Assert.Equal(Recomputation.None, Kind("none", between));
        Assert.Equal(Recomputation.None, Kind(null, 80));
    }

    [Theory]
    [InlineData("megatron_lm", true)]
    [InlineData("Megatron-LM (core 0.12)", true)]
    [InlineData("NeMo 26.02", true)]
    [InlineData("a stack nobody named", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Stacks_are_found_by_name_else_by_a_whole_word(string? name, bool known) =>
        Assert.Equal(known, Stacks.Find(name).Memory != MemoryTraits.Unknown);
}
