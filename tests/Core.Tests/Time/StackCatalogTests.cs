using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Time;

public sealed class StackCatalogTests
{
    private readonly SoftwareStackCatalog _stacks = ProfileStore.Open(Repository.Profiles).Stacks;

    [Theory]
    [InlineData("llm-foundry", "llm-foundry", "composer-fsdp")]
    [InlineData("nanotron-0.5", "nanotron", "nanotron")]
    [InlineData("modded-nanogpt (PyTorch 2.5.1)", "modded-nanogpt", "torch-compile")]
    [InlineData("modded-nanogpt (PyTorch 9.9)", "modded-nanogpt", "torch-compile")]
    [InlineData("Our Megatron fork", "Our Megatron fork", "megatron")]
    [InlineData("HF Trainer on a laptop", "HF Trainer on a laptop", "hf")]
    public void A_stack_is_found_by_name_then_without_brackets_then_by_its_words(string text, string name, string family)
    {
        var traits = _stacks.Find(text);
        Assert.Equal(name, traits.Name);
        Assert.Equal(family, traits.Family);
    }

    [Fact]
    public void Words_match_whole_so_that_a_name_that_contains_one_is_unknown() => Assert.Null(_stacks.Find("torchless jaxon").Family);

    [Fact]
    public void A_stack_that_only_rows_name_is_found_however_it_is_spelt()
    {
        var told = _stacks.With(["Our Own-Megatron"]);
        Assert.Equal(("Our Own-Megatron", "megatron"), (told.Find("our own megatron").Name, told.Find("our own megatron").Family));
        Assert.Equal("our own megatron", _stacks.Find("our own megatron").Name);
        Assert.Equal("llm-foundry", _stacks.With(["LLM Foundry"]).Find("llm foundry").Name);
    }

    [Fact]
    public void A_compiled_run_counts_as_compiled_in_any_stack() =>
        Assert.Equal("compiled", _stacks.Find("llm-foundry").KernelsOf(compile: true));
}
