using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Models;

namespace SlmPlanner.Tests.Models;

/// <summary>
/// Models as trainers are given them, against the counts that those trainers print or that their models are published with.
/// </summary>
public sealed class TrainerFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trainers");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>GPT-2 small without biases and with 50,304 rows: 50304·768 + 1024·768 + 12·(12·768² + 2·768) + 768.</summary>
    [Fact]
    public void A_nanogpt_file_is_gpt_2_without_biases() =>
        Assert.Equal(124_373_760, Count("train.py",
            "n_layer = 12\nn_head = 12  # heads\nn_embd = 768\nblock_size = 1024\nbias = False\nlearning_rate = 6e-4\n"));

    [Fact]
    public void With_biases_and_50257_rows_it_is_gpt_2() =>
        Assert.Equal(124_439_808, Count("gpt2.py", "n_layer = 12\nn_head = 12\nn_embd = 768\nbias = True\nvocab_size = 50_257\n"));

    [Fact]
    public void Llama_3_of_torchtitan_and_of_meta_is_the_published_one()
    {
        Assert.Equal(8_030_261_248, Count("llama3_8b.toml",
            "[job]\nname = \"x\"\n\n[model]\nname = \"llama3\"\nflavor = \"8B\"\n\n[optimizer]\nname = \"AdamW\"\n"));
        Assert.Equal(8_030_261_248, Count("params.json", """{"dim":4096,"n_layers":32,"n_heads":32,"n_kv_heads":8,"vocab_size":128256,"multiple_of":1024,"ffn_dim_multiplier":1.3,"norm_eps":1e-5,"rope_theta":500000.0}"""));
    }

    [Fact]
    public void An_unknown_flavour_is_refused_with_the_known_ones() =>
        Assert.Contains("llama3 8B", Assert.Throws<InputException>(() =>
            Count("x.toml", "[model]\nname = \"llama3\"\nflavor = \"9B\"\n")).Message, StringComparison.Ordinal);

    /// <summary>Pythia-70m as LitGPT has it: 50,304 rows, untied, biases, 70,426,624.</summary>
    [Fact]
    public void A_litgpt_file_is_read() => Assert.Equal(70_426_624, Count("model_config.yaml", """
        name: pythia-70m
        hf_config: {name: pythia-70m}
        block_size: 2048
        vocab_size: 50254
        padding_multiple: 128
        padded_vocab_size: 50304
        n_layer: 6
        n_head: 8
        n_embd: 512
        bias: true
        lm_head_bias: false
        norm_class_name: LayerNorm
        mlp_class_name: GptNeoxMLP
        parallel_residual: true
        shared_attention_norm: false
        """));

    /// <summary>TinyLlama by Megatron's arguments: its 1,100,048,384, the vocabulary padded to 32,000 already.</summary>
    [Fact]
    public void Megatron_arguments_are_read_from_a_script() => Assert.Equal(1_100_048_384, Count("pretrain.sh", """
        #!/bin/bash
        # --num-layers 99 is not this one
        torchrun pretrain_gpt.py \
            --num-layers 22 --hidden-size 2048 --ffn-hidden-size 5632 --num-attention-heads 32 \
            --group-query-attention --num-query-groups 4 --seq-length 2048 --max-position-embeddings 2048 \
            --vocab-size 32000 --swiglu --normalization RMSNorm --disable-bias-linear \
            --position-embedding-type rope --untie-embeddings-and-output-weights --bf16
        """));

    /// <summary>
    /// GPT-3's layout by default: learned positions, biases, a table of 51,200 rows when 50,257 are padded for 8-way tensor parallelism.
    /// </summary>
    [Fact]
    public void Megatron_pads_the_vocabulary_and_takes_gpt_where_nothing_else_is_said() => Assert.Equal(
        51_200L * 1024 + 1024 * 1024 + 24 * (12L * 1024 * 1024 + 13 * 1024) + 2 * 1024,
        Count("args.txt", "--num-layers 24 --hidden-size 1024 --num-attention-heads 16 --seq-length 1024 --vocab-size 50257 "
            + "--tensor-model-parallel-size 8"));

    [Fact]
    public void Megatron_experts_are_counted() => Assert.Equal(
        1000L * 64 * 2 + 2 * (4 * 64 * 64 + 64 * 8 + 8 * 3 * 64 * 32 + 2 * 64) + 64,
        Count("moe.sh", "--num-layers 2 --hidden-size 64 --num-attention-heads 4 --ffn-hidden-size 128 --padded-vocab-size 1000 "
            + "--num-experts 8 --moe-ffn-hidden-size 32 --swiglu --normalization RMSNorm --disable-bias-linear "
            + "--use-rotary-position-embeddings --untie-embeddings-and-output-weights"));

    [Fact]
    public void A_shell_variable_is_an_input_error() =>
        Assert.Contains("--hidden-size is $HIDDEN",
            Assert.Throws<InputException>(() => Count("x.sh", "--num-layers 2 --hidden-size $HIDDEN --num-attention-heads 4")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("a.py", "print('hello')")]
    [InlineData("a.toml", "[job]\nname = \"x\"")]
    [InlineData("a.yaml", "- one\n- two")]
    [InlineData("a.yaml", "a: b: c")]
    [InlineData("a.yml", "model: gpt")]
    public void Other_files_of_those_kinds_are_input_errors(string name, string text) =>
        Assert.Throws<InputException>(() => Count(name, text));

    private long Count(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return ParameterCount.Of(ShapeFile.Read(path)).Total;
    }
}
