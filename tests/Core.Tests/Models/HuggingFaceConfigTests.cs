using System.Buffers.Binary;
using System.Text;
using CsCheck;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Models.HuggingFace;

namespace SlmPlanner.Tests.Models;

/// <summary>Configurations of our own making with the members and values of the published ones, against published counts.</summary>
public sealed class HuggingFaceConfigTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("config");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, long> Layouts => new()
    {
        { """{"model_type":"llama","hidden_size":576,"num_hidden_layers":30,"num_attention_heads":9,"num_key_value_heads":3,"intermediate_size":1536,"vocab_size":49152,"tie_word_embeddings":true}""", 134515008 },
        { """{"model_type":"mistral","hidden_size":4096,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":8,"intermediate_size":14336,"vocab_size":32000,"tie_word_embeddings":false,"sliding_window":4096}""", 7241732096 },
        { """{"model_type":"qwen2","hidden_size":896,"num_hidden_layers":24,"num_attention_heads":14,"num_key_value_heads":2,"intermediate_size":4864,"vocab_size":151936,"tie_word_embeddings":true}""", 494032768 },
        { """{"model_type":"qwen3","head_dim":128,"hidden_size":1024,"num_hidden_layers":28,"num_attention_heads":16,"num_key_value_heads":8,"intermediate_size":3072,"vocab_size":151936,"tie_word_embeddings":true}""", 596049920 },
        { """{"model_type":"phi","hidden_size":2560,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":null,"intermediate_size":10240,"vocab_size":51200}""", 2779683840 },
        { """{"model_type":"phi3","hidden_size":3072,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":32,"intermediate_size":8192,"vocab_size":32064}""", 3821079552 },
        { """{"model_type":"gemma","hidden_size":2048,"num_hidden_layers":18,"num_attention_heads":8,"num_key_value_heads":1,"head_dim":256,"intermediate_size":16384,"vocab_size":256000}""", 2506172416 },
        { """{"model_type":"gemma2","hidden_size":2304,"num_hidden_layers":26,"num_attention_heads":8,"num_key_value_heads":4,"head_dim":256,"intermediate_size":9216,"vocab_size":256000}""", 2614341888 },
        { """{"model_type":"gemma3_text","hidden_size":1152,"num_hidden_layers":26,"num_attention_heads":4,"num_key_value_heads":1,"head_dim":256,"intermediate_size":6912,"vocab_size":262144}""", 999885952 },
        { """{"model_type":"olmo","hidden_size":2048,"num_hidden_layers":16,"num_attention_heads":16,"intermediate_size":8192,"vocab_size":50304,"tie_word_embeddings":true}""", 1176764416 },
        { """{"model_type":"olmo2","hidden_size":2048,"num_hidden_layers":16,"num_attention_heads":16,"num_key_value_heads":16,"intermediate_size":8192,"vocab_size":100352}""", 1484916736 },
        { """{"model_type":"gpt_neox","hidden_size":512,"num_hidden_layers":6,"num_attention_heads":8,"intermediate_size":2048,"vocab_size":50304,"tie_word_embeddings":false}""", 70426624 },
        { """{"model_type":"gpt_neo","hidden_size":2048,"num_layers":24,"num_heads":16,"intermediate_size":null,"vocab_size":50257,"max_position_embeddings":2048}""", 1315575808 },
        { """{"model_type":"gpt2","n_embd":768,"n_layer":12,"n_head":12,"n_positions":1024,"n_inner":null,"vocab_size":50257}""", 124439808 },
        { """{"model_type":"mpt","d_model":4096,"n_heads":32,"n_layers":32,"expansion_ratio":4,"max_seq_len":2048,"vocab_size":50432,"no_bias":true,"attn_config":{"alibi":true,"attn_type":"multihead_attention"}}""", 6649286656 },
        { """{"model_type":"smollm3","hidden_size":2048,"num_hidden_layers":36,"num_attention_heads":16,"num_key_value_heads":4,"intermediate_size":11008,"vocab_size":128256}""", 3075098624 },
        { """{"model_type":"mobilellm","hidden_size":576,"num_hidden_layers":30,"num_attention_heads":9,"num_key_value_heads":3,"intermediate_size":1536,"vocab_size":32000,"share_embedding":true}""", 124635456 },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Each_layout_has_the_published_parameter_count(string config, long published) =>
        Assert.Equal(published, ParameterCount.Of(Read(config)).Total);

    /// <summary>Types whose layout rests on the code that defines it alone: no published count of one of theirs is at hand.</summary>
    private static readonly string[] WithoutCount =
    [
        "aquila", "bamba", "cohere2", "deci", "deepseek_v3", "granitemoeshared", "internlm", "internlm3", "minicpm3", "ministral",
        "ministral3", "nemotron", "orion", "persimmon", "qwen3_5_moe_text", "rwkv5", "xverse",
    ];

    [Fact]
    public void Every_supported_type_is_held_against_a_published_count_or_is_said_not_to_be()
    {
        var checkedTypes = Layouts.Select(row => row.Data.Item1.Split('"')[3]).Concat(PublishedConfigTests.CountedTypes).ToHashSet();
        Assert.Equal(WithoutCount, HuggingFaceConfig.SupportedTypes.Except(checkedTypes));
    }

    [Fact]
    public void A_member_that_is_null_is_not_taken_from_the_class()
    {
        Assert.Equal(32, Read("""{"model_type":"mistral","hidden_size":4096,"num_hidden_layers":2,"num_attention_heads":32,"num_key_value_heads":null,"intermediate_size":64,"vocab_size":10}""").KvHeads);
        Assert.Equal(8, Read("""{"model_type":"mistral","hidden_size":4096,"num_hidden_layers":2,"num_attention_heads":32,"intermediate_size":64,"vocab_size":10}""").KvHeads);
    }

    [Fact]
    public void Missing_and_wrong_members_are_listed_together()
    {
        var error = Assert.Throws<InputException>(() => Read("""{"model_type":"llama","hidden_size":-1,"num_hidden_layers":"two","num_attention_heads":4,"vocab_size":1e99}"""));
        foreach (var part in new[] { "hidden_size is -1", "num_hidden_layers is \"two\"", "intermediate_size is missing",
            "vocab_size is 1e99" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_read_by_its_config_and_gives_its_name()
    {
        Read(Llama);
        Assert.Equal(_folder.Name, ShapeFile.Read(_folder.FullName).Name);
    }

    [Fact]
    public void Weights_that_agree_with_the_config_are_accepted()
    {
        WriteWeights(("model.embed_tokens.weight", [10, 4]), ("model.layers.0.everything", [40, 4]), ("lm_head.weight", [10, 4]),
            ("rotary.inv_freq", [2]), ("mask.bias", [1, 1, 9, 9]));
        Assert.Equal(200, ParameterCount.Of(Read(Llama)).Total);
    }

    [Fact]
    public void Weights_that_contradict_the_config_are_reported_with_both_counts()
    {
        WriteWeights(("model.embed_tokens.weight", [10, 4]));
        var error = Assert.Throws<InputException>(() => Read(Llama));
        Assert.Contains("describes 200 parameters, the *.safetensors headers hold 40 (-160)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Experts and convolutions are saved with three dimensions, masks with four.</summary>
    [Fact]
    public void Tensors_of_three_dimensions_are_weights()
    {
        WriteWeights(("model.embed_tokens.weight", [10, 4]), ("model.layers.0.everything", [4, 5, 8]), ("mask.bias", [1, 1, 9, 9]));
        Assert.Equal(200, ParameterCount.Of(Read(Llama)).Total);
    }

    [Fact]
    public void Weights_of_other_towers_are_not_held_against_the_decoder()
    {
        WriteWeights(("vision.weight", [1000, 4]));
        var multimodal = Llama.Replace("\"llama\"", "\"llava\",\"vision_config\":{}", StringComparison.Ordinal);
        Assert.Equal(200, ParameterCount.Of(Read(multimodal)).Total);
    }

    [Fact]
    public void Mistrals_own_file_beside_the_same_weights_in_parts_is_not_counted()
    {
        WriteWeights(("model.embed_tokens.weight", [10, 4]), ("model.layers.0.everything", [40, 4]));
        File.Copy(Path.Combine(_folder.FullName, "model.safetensors"), Path.Combine(_folder.FullName, "consolidated.safetensors"));
        Assert.Equal(200, ParameterCount.Of(Read(Llama)).Total);
    }

    [Fact]
    public void A_truncated_weights_file_is_an_input_error()
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "model.safetensors"), [255, 0, 0, 0, 0, 0, 0, 0, 1]);
        Assert.Contains("safetensors header of 255 bytes", Assert.Throws<InputException>(() => Read(Llama)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_bytes_a_config_holds_it_is_a_shape_or_an_input_error() =>
        Gen.OneOf(Gen.String, Gen.String.Select(text => $$"""{"model_type":"llama","hidden_size":{{text}}""")).Sample(text =>
        {
            try
            {
                Read(text);
            }
            catch (InputException)
            {
            }
        }, iter: 300, threads: 1);

    [Fact]
    public void Whatever_a_weights_header_holds_it_is_counted_or_an_input_error() =>
        Gen.OneOf(Gen.String, Gen.String.Select(text => $$$"""{"a":{"dtype":"{{{text}}}","shape":[{{{text}}}]}}"""), Gen.Const("""{"a":{"dtype":"","shape":[9223372036854775807,9]}}""")).Sample(header =>
        {
            WriteHeader(header);
            try
            {
                SafetensorsHeader.Parameters(Path.Combine(_folder.FullName, "model.safetensors"), tiedEmbeddings: true);
            }
            catch (InputException)
            {
            }
        }, iter: 300, threads: 1);

    private const string Llama =
        """{"model_type":"llama","hidden_size":4,"num_hidden_layers":1,"num_attention_heads":2,"intermediate_size":7,"vocab_size":10,"tie_word_embeddings":true,"attention_bias":false}""";

    private TransformerShape Read(string config)
    {
        var path = Path.Combine(_folder.FullName, "config.json");
        File.WriteAllText(path, config);
        return ShapeFile.Read(path);
    }

    private void WriteWeights(params (string Name, int[] Shape)[] tensors)
    {
        var json = "{\"__metadata__\":{\"format\":\"pt\"}," + string.Join(",", tensors.Select(tensor =>
            $"\"{tensor.Name}\":{{\"dtype\":\"BF16\",\"shape\":[{string.Join(",", tensor.Shape)}],\"data_offsets\":[0,0]}}")) + "}";
        WriteHeader(json);
    }

    private void WriteHeader(string json)
    {
        var header = Encoding.UTF8.GetBytes(json);
        var bytes = new byte[8 + header.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        header.CopyTo(bytes, 8);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "model.safetensors"), bytes);
    }
}
