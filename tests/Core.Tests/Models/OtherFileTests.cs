using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Models;

namespace SlmPlanner.Tests.Models;

/// <summary>Files that are no model, models that are no decoders, and decoders of types that are not known.</summary>
public sealed class OtherFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("others");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{"base_model_name_or_path":"meta-llama/Llama-3.2-1B","peft_type":"LORA","r":16,"lora_alpha":32}""", "an adapter (LORA)", "config.json of meta-llama/Llama-3.2-1B")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 681\n", "a Git LFS pointer", "git lfs pull")]
    [InlineData("""{"added_tokens_decoder":{},"tokenizer_class":"LlamaTokenizer","model_max_length":2048}""", "the configuration of a tokenizer", "config.json, which lies beside it")]
    [InlineData("""{"do_sample":true,"temperature":0.6,"bos_token_id":1,"transformers_version":"4.40"}""", "a generation configuration", "config.json")]
    [InlineData("""{"metadata":{"total_size":1},"weight_map":{}}""", "the index of a model's weight files", "config.json")]
    [InlineData("""{"zero_optimization":{"stage":3}}""", "a DeepSpeed configuration", "config.json")]
    [InlineData("""{"model_type":"t5","is_encoder_decoder":true,"d_model":512}""", "an encoder-decoder", "give the config.json of one")]
    [InlineData("""{"model_type":"bert","hidden_size":768}""", "an encoder", "give the config.json of one")]
    [InlineData("""{"model_type":"vit","hidden_size":768}""", "a model of images or sound", "give the config.json of one")]
    [InlineData("""{"model_type":"dbrx","hidden_size":768}""", "nested configuration", "describe the model")]
    [InlineData("""{"model_type":"mllama","text_config":{"model_type":"mllama_text_model"}}""", "cross-attention", "describe the model")]
    [InlineData("""{"model_type":"Dream","hidden_size":768}""", "fills masks", "describe the model")]
    public void What_it_is_and_what_to_give_instead_is_said(string text, string what, string instead)
    {
        var error = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(instead, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_and_folders_of_adapters_are_named()
    {
        var weights = Path.Combine(_folder.FullName, "model.safetensors");
        File.WriteAllBytes(weights, [1, 2, 3]);
        Assert.Contains("holds weights", Assert.Throws<InputException>(() => ShapeFile.Read(weights)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder.FullName, "adapter_config.json"), "{}");
        Assert.Contains("holds an adapter", Assert.Throws<InputException>(() => ShapeFile.Read(_folder.FullName)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_images_and_text_without_a_part_of_its_own_is_its_decoder()
    {
        var shape = Read("""{"model_type":"qwen2_vl","vision_config":{"depth":32},""" + Sizes + "}");
        Assert.True(shape.QkvBias);
        Assert.Equal("vision_config", shape.LeftOut);
    }

    /// <summary>
    /// Inside a multimodal file a class leaves out what equals its own default: of Qwen2.5-VL's part 8 heads of keys and values, where the
    /// part's layout, Qwen 2's, has 32.
    /// </summary>
    [Fact]
    public void A_part_that_leaves_members_out_has_the_defaults_of_its_own_class()
    {
        var shape = Read("""{"model_type":"qwen2_5_vl","text_config":{"model_type":"qwen2_5_vl_text","hidden_size":64,"num_hidden_layers":2,"num_attention_heads":16,"intermediate_size":128}}""");
        Assert.Equal((8, 152064, true), (shape.KvHeads, shape.Vocab, shape.QkvBias));
    }

    private const string Sizes =
        """ "hidden_size":64,"num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,"intermediate_size":128,"vocab_size":100,"hidden_act":"silu","rms_norm_eps":1e-6,"tie_word_embeddings":true """;

    /// <summary>What an unknown type may count otherwise is refused, and a size that is null is none.</summary>
    [Theory]
    [InlineData("brand_new", "\"layer_types\":[\"full_attention\",\"linear_attention\"]", "linear_attention")]
    [InlineData("brand_new", "\"num_nextn_predict_layers\":1", "num_nextn_predict_layers is 1")]
    [InlineData("brand_new", "\"kv_lora_rank\":16", "kv_lora_rank is 16")]
    [InlineData("llama", "\"num_hidden_layers\":null", "num_hidden_layers is null")]
    [InlineData("llama", "\"intermediate_size\":[128,\n128]", "intermediate_size is a list")]
    public void A_member_that_leaves_the_count_open_is_refused(string type, string member, string problem)
    {
        var name = member.Split('"')[1];
        var sizes = string.Join(',', Sizes.Split(',').Where(part => !part.Contains($"\"{name}\"", StringComparison.Ordinal)));
        Assert.Contains(problem, Assert.Throws<InputException>(() => Read($"{{\"model_type\":\"{type}\",{sizes},{member}}}")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_type_with_windows_in_some_layers_counts_as_one_without()
    {
        var windows = Read($$"""{"model_type":"brand_new",{{Sizes}},"layer_types":["full_attention","sliding_attention"],"sliding_window":16}""");
        Assert.Equal(ParameterCount.Of(Read($$"""{"model_type":"brand_new",{{Sizes}}}""")).Total, ParameterCount.Of(windows).Total);
    }

    [Fact]
    public void An_unknown_type_with_known_members_is_read_and_says_so()
    {
        var shape = Read($$"""{"model_type":"brand_new",{{Sizes}},"rope_theta":10000,"torch_dtype":"bfloat16"}""");
        Assert.Equal("brand_new", shape.AssumedFrom);
        Assert.Equal(100 * 64 + 64 + 2 * (2 * 64 * 64 + 2 * 64 * 32 + 3 * 64 * 128 + 2 * 64), ParameterCount.Of(shape).Total);
    }

    [Fact]
    public void An_unknown_type_whose_architecture_is_known_is_read_as_that()
    {
        var shape = Read($$"""{"model_type":"brand_new",{{Sizes}},"architectures":["Qwen2ForCausalLM"]}""");
        Assert.Equal((null, true), (shape.AssumedFrom, shape.QkvBias));
    }

    [Theory]
    [InlineData("\"compressor_rank\":16", "compressor_rank is 16")]
    [InlineData("\"block_layer_types\":[\"x\",\"y\"]", "block_layer_types")]
    [InlineData("\"n_experts\":8", "n_experts is 8")]
    [InlineData("\"qk_layernorm\":true", "qk_layernorm is true")]
    [InlineData("\"layer_scale\":0.1", "layer_scale is 0.1")]
    [InlineData("\"attention_bias\":true", "attention_bias is true")]
    public void A_member_that_may_change_the_count_is_named_and_nothing_is_read(string member, string named) =>
        Assert.Contains(named,
            Assert.Throws<InputException>(() => Read($$"""{"model_type":"brand_new",{{Sizes}},{{member}}}""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("num_key_value_heads_per_layer", "[1,2]")]
    [InlineData("block_configs", "[{\"a\":1}]")]
    [InlineData("num_experts", "8")]
    [InlineData("q_lora_rank", "64")]
    [InlineData("use_qk_norm", "true")]
    [InlineData("o_proj_bias", "true")]
    [InlineData("draft_vocab_size", "32000")]
    public void So_is_one_of_a_known_type_that_its_layout_does_not_read(string member, string value) =>
        Assert.Contains(member,
            Assert.Throws<InputException>(() => Read($$"""{"model_type":"llama",{{Sizes}},"{{member}}":{{value}}}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_type_of_another_build_is_refused() => Assert.Contains(
        "do not say a gated feed-forward",
        Assert.Throws<InputException>(() => Read($$"""{"model_type":"brand_new",{{Sizes.Replace("silu", "gelu", StringComparison.Ordinal)}}}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_decoder_of_a_multimodal_model_is_read_and_the_rest_left_out()
    {
        var sizes = Sizes.Replace(",\"tie_word_embeddings\":true", "", StringComparison.Ordinal);
        var shape = Read(
            """{"model_type":"mistral3","tie_word_embeddings":false,"vision_config":{"hidden_size":8},"text_config":{"model_type":"mistral",""" + sizes + "}}");
        Assert.Equal("vision_config", shape.LeftOut);
        Assert.False(shape.TiedEmbeddings);
    }

    private TransformerShape Read(string text)
    {
        var path = Path.Combine(_folder.FullName, "config.json");
        File.WriteAllText(path, text);
        return ShapeFile.Read(path);
    }
}
