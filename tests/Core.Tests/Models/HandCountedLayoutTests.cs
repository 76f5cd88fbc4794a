using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Models;

namespace SlmPlanner.Tests.Models;

/// <summary>
/// Layouts at a width of 8, worked by hand from the matrices, norms and vectors that the named file of Hugging Face Transformers, or of the
/// code beside the weights, creates. Two heads of 4, one of keys and values, a feed-forward of 16 and 10 rows unless it is said otherwise.
/// </summary>
public sealed class HandCountedLayoutTests : IDisposable
{
    private const long Table = 10 * 8, Attention = 64 + 2 * 32 + 64, Gated = 3 * 8 * 16, Plain = 2 * 8 * 16;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("layouts");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string, long> Cases => new()
    {
        // modular_bitnet.py: attn_sub_norm of 8 and ffn_sub_norm of 16 beside the two norms.
        { "bitnet", "", Table + 8 + Attention + Gated + 2 * 8 + 8 + 16 },
        // modular_seed_oss.py: attention_bias, true by default, gives 8 + 2·4 biases; attention_out_bias none by default.
        { "seed_oss", """ "head_dim":4 """, Table + 8 + Attention + 8 + 2 * 4 + Gated + 2 * 8 },
        { "seed_oss", """ "head_dim":4,"attention_out_bias":true """, Table + 8 + Attention + 8 + 2 * 4 + 8 + Gated + 2 * 8 },
        // modular_nanochat.py: norms without weights, two matrices.
        { "nanochat", "", Table + Attention + Plain },
        // modular_vaultgemma.py: Gemma 2 less two norms.
        { "vaultgemma", """ "head_dim":4 """, Table + 8 + Attention + Gated + 2 * 8 },
        // modular_hyperclovax.py: post_norm1 and post_norm2 by a flag.
        { "hyperclovax", "", Table + 8 + Attention + Gated + 2 * 8 },
        { "hyperclovax", """ "use_post_norm":true """, Table + 8 + Attention + Gated + 4 * 8 },
        // modular_jais2.py: nn.LayerNorm, up and down, biases of all projections.
        { "jais2", "", Table + 16 + Attention + 8 + 2 * 4 + 8 + Plain + 16 + 8 + 2 * 16 },
        // modular_modernbert_decoder.py: norms without shift, none before the first attention but one of the embedding; 8·8 and a norm
        // before the head, its bias of 10.
        { "modernbert-decoder", """ "num_key_value_heads":2 """, Table + 10 + 8 + 4 * 64 + Gated + 8 + 64 + 8 + 8 },
        // modeling_helium.py: o_proj has no bias whatever attention_bias says.
        { "helium", """ "head_dim":4,"attention_bias":true """, Table + 8 + Attention + 8 + 2 * 4 + Gated + 2 * 8 },
        // modeling_llama4.py: no experts, dense layers of intermediate_size_mlp.
        { "llama4_text", """ "head_dim":4,"intermediate_size_mlp":20,"interleave_moe_layer_step":0 """,
            Table + 8 + Attention + 3 * 8 * 20 + 2 * 8 },
        // modeling_llama4.py: router 8·4, four experts and a shared one of 16.
        { "llama4_text", """ "head_dim":4,"num_local_experts":4,"moe_layers":[0] """, Table + 8 + Attention + 8 * 4 + 5 * Gated + 2 * 8 },
        // modular_dots1.py: norms of 4 for queries and keys; router 8·4 and its 4 corrections, four experts of 6, shared ones of 2·6.
        { "dots1", """ "head_dim":4,"num_key_value_heads":1,"n_routed_experts":4,"n_shared_experts":2,"num_experts_per_tok":2,"moe_intermediate_size":6 """,
            Table + 8 + Attention + 8 + 36 + 6 * 144 + 2 * 8 },
        // modular_glm4_moe.py: biases of queries, keys and values; no norms of them without the flag.
        { "glm4_moe", """ "head_dim":4,"attention_bias":true,"first_k_dense_replace":0,"n_routed_experts":4,"n_shared_experts":1,"num_experts_per_tok":2,"moe_intermediate_size":6 """,
            Table + 8 + Attention + 16 + 36 + 5 * 144 + 2 * 8 },
        { "glm4_moe", """ "head_dim":4,"use_qk_norm":true,"first_k_dense_replace":1,"n_routed_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":6 """,
            Table + 8 + Attention + 8 + Gated + 2 * 8 },
        // modular_glm4_moe_lite.py: queries 8·6, norm 6, 6·2·5; keys and values 8·(5 + 2), norm 5, 5·2·(3 + 4); out 8·8; dense by the list.
        { "glm4_moe_lite", """ "q_lora_rank":6,"kv_lora_rank":5,"qk_nope_head_dim":3,"qk_rope_head_dim":2,"v_head_dim":4,"mlp_layer_types":["sparse"],"n_routed_experts":4,"n_shared_experts":1,"num_experts_per_tok":2,"moe_intermediate_size":6 """,
            Table + 8 + 48 + 6 + 60 + 56 + 5 + 70 + 64 + 36 + 5 * 144 + 2 * 8 },
        // modular_afmoe.py: gate_proj 8·8 beside the queries, norms of 4, four norms, expert_bias of 4.
        { "afmoe", """ "head_dim":4,"num_dense_layers":0,"num_experts":4,"num_shared_experts":1,"num_experts_per_tok":2,"moe_intermediate_size":6 """,
            Table + 8 + Attention + 64 + 8 + 36 + 5 * 144 + 4 * 8 },
        // modeling_bailing_moe.py and modeling_bailing_moe_v2.py: without and with norms of queries and keys and a balanced router.
        { "bailing_moe", """ "num_experts":4,"num_shared_experts":2,"num_experts_per_tok":2,"moe_intermediate_size":6 """,
            Table + 8 + Attention + 32 + 6 * 144 + 2 * 8 },
        { "bailing_moe_v2", """ "num_experts":4,"num_shared_experts":2,"num_experts_per_tok":2,"moe_intermediate_size":6,"use_qk_norm":true,"moe_router_enable_expert_bias":true """,
            Table + 8 + Attention + 8 + 36 + 6 * 144 + 2 * 8 },
        // modular_glm4v.py: biases of queries, keys and values without a flag, four norms.
        { "glm4v_text", """ "head_dim":4 """, Table + 8 + Attention + 16 + Gated + 4 * 8 },
        // modular_flex_olmo.py: norms over all queries and all keys, experts as wide as intermediate_size.
        { "flex_olmo", """ "num_experts":4,"num_experts_per_tok":2 """, Table + 8 + Attention + 8 + 4 + 32 + 4 * Gated + 2 * 8 },
        // modular_qwen3_5.py, Qwen3_5GatedDeltaNet: keys of 2·3, values of 4·5; in 8·(2·6 + 2·20 + 2·4), out 20·8, taps
        // 4·(12 + 20), 4 + 4, norm 5.
        { "qwen3_5_text", Delta + ""","layer_types":["linear_attention"] """, Table + 8 + 480 + 160 + 128 + 8 + 5 + Gated + 2 * 8 },
        // modular_qwen3_next.py, Qwen3NextAttention: queries twice as wide, norms of 4.
        { "qwen3_5_text", Delta + ""","layer_types":["full_attention"] """, Table + 8 + Attention + 64 + 8 + Gated + 2 * 8 },
        // modular_qwen3_next.py: router 8·4, four experts of 6, a shared one of 7 behind a gate of 8.
        { "qwen3_5_moe_text", Delta + ""","num_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":6,"shared_expert_intermediate_size":7 """,
            Table + 8 + 480 + 160 + 128 + 8 + 5 + 32 + 4 * 144 + 168 + 8 + 2 * 8 },
        { "qwen3_next", Delta + ""","num_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":6,"shared_expert_intermediate_size":7 """,
            Table + 8 + 480 + 160 + 128 + 8 + 5 + 32 + 4 * 144 + 168 + 8 + 2 * 8 },
        // modular_olmo_hybrid.py: two heads, keys of 0.75·8/2 = 3, values of 6; in 8·(2·6 + 2·12 + 2·2), out 12·8, taps 4·24,
        // 2 + 2, norm 6.
        { "olmo_hybrid", """ "num_key_value_heads":2,"layer_types":["linear_attention"] """,
            Table + 8 + 320 + 96 + 96 + 4 + 6 + Gated + 2 * 8 },
        // modular_gemma3n.py: second table 9·1·2 and its norm 2, projection 8·2; three matrices of 64 before and three behind the layers;
        // in the layer norms of 4, four norms of 8, LAuReL 2·8·3 + 8, AltUp 8 + 16 + 64 + 8·4 + 8, the gate 8·2, back 2·8 and norm 8.
        { "gemma3n_text", """ "head_dim":4,"num_key_value_heads":1,"vocab_size_per_layer_input":9,"hidden_size_per_layer_input":2,"altup_num_inputs":4,"laurel_rank":3 """,
            Table + 8 + 18 + 2 + 16 + 6 * 64 + Attention + 8 + Gated + 32 + 56 + 128 + 40 },
        // modeling_gemma4.py: a layer that sees all has heads of 6: queries 8·12, keys and values 2·8·6, out 12·8, norms of 6; one scalar.
        { "gemma4_text", """ "head_dim":4,"global_head_dim":6,"num_key_value_heads":1,"vocab_size_per_layer_input":9,"hidden_size_per_layer_input":2 """,
            Table + 8 + 18 + 2 + 16 + 96 + 96 + 96 + 12 + Gated + 32 + 1 + 40 },
        // The same without the inputs, with experts: router 8·4, scale 8, scale of each expert 4, three more norms.
        { "gemma4_text", """ "head_dim":4,"global_head_dim":6,"num_key_value_heads":1,"hidden_size_per_layer_input":0,"enable_moe_block":true,"num_experts":4,"top_k_experts":2,"moe_intermediate_size":6 """,
            Table + 8 + 288 + 12 + Gated + 32 + 1 + 32 + 8 + 4 + 4 * 144 + 24 },
        // modular_zamba2.py: Mamba-2 in 8·(2·16 + 2·3 + 4), out 16·8, taps and bias 5·22, 3·4, norms 16 and 8; shared block of attention
        // 16·16 three times, 16·8, norms 16 and 8, 8·32 and 16·8; the layer's own 8·8; adapters of the feed-forward 8·2 + 2·32.
        { "zamba2", Zamba, Table + 8 + 336 + 128 + 110 + 12 + 16 + 8 + 768 + 128 + 24 + 256 + 128 + 64 + 80 },
        // With adapters of queries, keys and values: 3·(16·2 + 2·16).
        { "zamba2", Zamba + ""","use_shared_attention_adapter":true """,
            Table + 8 + 336 + 128 + 110 + 12 + 16 + 8 + 768 + 128 + 24 + 256 + 128 + 64 + 80 + 192 },
        // modeling_zamba.py: Mamba in 8·32, out 16·8, x_proj 16·(1 + 2·3), dt 16, its bias 16, A 48, D 16, taps and bias 80.
        { "zamba", """ "num_key_value_heads":2,"mamba_d_state":3,"layers_block_type":["hybrid"] """,
            Table + 8 + 256 + 128 + 112 + 16 + 16 + 48 + 16 + 80 + 8 + 768 + 128 + 24 + Gated + 64 },
        // RWKV-LM, model.py of v6: eight vectors, ln_x of 16, 10·32·8 for the mixing, 2·64·8 for the decay and five of 64 in the time mix;
        // two vectors, one of 64 and two matrices in the channel mix.
        { "rwkv6", """ "intermediate_size":16 """,
            2 * Table + 16 + 16 + 5 * 64 + 8 * 8 + 2 * 8 + 10 * 32 * 8 + 2 * 64 * 8 + 2 * 8 + 64 + Plain + 4 * 8 },
        // modular_rwkv7.py, first block: six mixing weights, k_k, k_a, r_k, w0 and a0, ranks of 2, 3 and 5 twice, ln_x, four of 64; x_k.
        { "rwkv7", Rwkv7, Table + 16 + 16 + 11 * 8 + 2 * 10 * 8 + 16 + 4 * 64 + 8 + Plain + 4 * 8 },
        // modeling_nemotron_h.py: one norm a layer; attention; experts of two matrices, router 8·4 with 4 corrections, a shared one of 7.
        { "nemotron_h", """ "head_dim":4,"hybrid_override_pattern":"*","mamba_num_heads":2 """, Table + 8 + Attention + 8 },
        { "nemotron_h", """ "head_dim":4,"hybrid_override_pattern":"E","mamba_num_heads":2,"n_routed_experts":4,"n_shared_experts":1,"num_experts_per_tok":2,"moe_intermediate_size":6,"moe_shared_expert_intermediate_size":7 """,
            Table + 8 + 36 + 4 * 96 + 112 + 8 },
        // modeling_deepseek.py beside DeepSeek-VL2's weights: ordinary attention without use_mla.
        { "deepseek_v2", """ "use_mla":false,"kv_lora_rank":null,"n_routed_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":6 """,
            Table + 8 + Attention + 32 + 4 * 144 + 2 * 8 },
        // modeling_ernie4_5_moe.py: an end of -1 is the last layer.
        { "ernie4_5_moe", """ "moe_num_experts":4,"moe_k":2,"moe_intermediate_size":6,"moe_num_shared_experts":1,"moe_layer_start_index":0,"moe_layer_end_index":-1 """,
            Table + 8 + Attention + 36 + 5 * 144 + 2 * 8 },
        // modeling_lfm2_moe.py: norms of 4, expert_bias of 4.
        { "lfm2_moe", """ "num_key_value_heads":1,"num_dense_layers":0,"num_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":6,"layer_types":["full_attention"] """,
            Table + 8 + Attention + 8 + 36 + 4 * 144 + 2 * 8 },
        // The head is its own where tie_embedding, LFM2's older name, is false.
        { "lfm2", """ "num_key_value_heads":1,"block_auto_adjust_ff_dim":false,"layer_types":["full_attention"],"tie_embedding":false """,
            2 * Table + 8 + Attention + 8 + Gated + 2 * 8 },
    };

    private const string Delta = """ "head_dim":4,"num_key_value_heads":1,"linear_num_key_heads":2,"linear_num_value_heads":4,"linear_key_head_dim":3,"linear_value_head_dim":5 """;

    private const string Zamba = """ "num_key_value_heads":2,"mamba_d_state":3,"n_mamba_heads":4,"adapter_rank":2,"layers_block_type":["hybrid"] """;

    private const string Rwkv7 = """ "decay_low_rank_dim":2,"a_low_rank_dim":3,"v_low_rank_dim":4,"gate_low_rank_dim":5 """;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_parameters_are_those_that_the_code_creates(string type, string members, long parameters) =>
        Assert.Equal(parameters, ParameterCount.Of(Read(type, members)).Total);

    /// <summary>
    /// In 8·60, out 20·8, two operations each; a state of 20·3 six operations an element; four taps of 32 two each. The gate of
    /// attention makes the way in 8·(8 + 8 + 8).
    /// </summary>
    [Fact]
    public void Operations_of_the_gated_delta_rule_by_hand()
    {
        Assert.Equal(2 * (480 + 160) + 6 * 60 + 2 * 128, Flops("qwen3_5_text", Delta + ""","layer_types":["linear_attention"] """).Recurrence.Count);
        Assert.Equal(2 * 192, Flops("qwen3_5_text", Delta + ""","layer_types":["full_attention"] """).Qkv.Count);
    }

    /// <summary>
    /// The state space 2·(336 + 128), 4·16·3 for its state, 2·4·22 for its taps; what a hybrid layer has of its own 2·(64 + 80). The shared
    /// block works from a width of 16: 2·3·16·16 in, 2·16·8 out, 2·3·8·16 for its feed-forward.
    /// </summary>
    [Fact]
    public void Operations_of_a_hybrid_layer_of_Zamba_2_by_hand()
    {
        var flops = Flops("zamba2", Zamba);
        Assert.Equal((2 * 464 + 192 + 176 + 288, 1536, 256, 768.0),
            (flops.Recurrence.Count, flops.Qkv.Count, flops.AttentionOut.Count, flops.Ffn.Count));
    }

    /// <summary>The second of two hybrid layers: its shared block works again and counts no more; its own parts count.</summary>
    [Fact]
    public void A_shared_block_counts_once_and_works_each_time()
    {
        var two = Zamba.Replace("[\"hybrid\"]", "[\"hybrid\",\"hybrid\"]", StringComparison.Ordinal);
        var (one, both) = (Read("zamba2", Zamba), Read("zamba2", two, layers: 2));
        Assert.Equal(ParameterCount.Of(one).Total + 336 + 128 + 110 + 12 + 16 + 8 + 64 + 80, ParameterCount.Of(both).Total);
        Assert.Equal(2 * Flops("zamba2", Zamba).Qkv.Count, FlopCount.Forward(both, 4).Qkv.Count);
        var apart = Read("zamba2", two + ""","num_mem_blocks":2 """, layers: 2);
        Assert.Equal(ParameterCount.Of(both).Total + 768 + 128 + 24 + 256 + 128, ParameterCount.Of(apart).Total);
    }

    /// <summary>
    /// Per-layer inputs 8·2 from the hidden state, gate 8·2 and back 2·8; LAuReL 8·3 and 3·8; router of the copies 8·4; the copies'
    /// matrices 4·3·64; their mixtures 2·(16 + 4)·8.
    /// </summary>
    [Fact]
    public void Operations_beside_attention_in_Gemma_3n_by_hand() => Assert.Equal(
        2 * (3 * 16 + 48 + 32) + 4 * 3 * 64 + 2 * 20 * 8,
        Flops("gemma3n_text", """ "head_dim":4,"num_key_value_heads":1,"vocab_size_per_layer_input":9,"hidden_size_per_layer_input":2,"altup_num_inputs":4,"laurel_rank":3 """).Recurrence.Count);

    /// <summary>
    /// Four of 64, ranks of 10 in and out, a state of 8·4 eight operations an element; the second block has four ranks more.
    /// </summary>
    [Fact]
    public void Operations_and_the_second_block_of_RWKV_7_by_hand()
    {
        const string Narrow = Rwkv7 + ""","head_dim":4 """;
        Assert.Equal(2 * 256 + 4 * 10 * 8 + 8 * 32, Flops("rwkv7", Narrow).Recurrence.Count);
        Assert.Equal(2 * Plain, Flops("rwkv7", Narrow).Ffn.Count);
        var second = ParameterCount.Of(Read("rwkv7", Narrow, layers: 2)).Total - ParameterCount.Of(Read("rwkv7", Narrow)).Total;
        Assert.Equal(12 * 8 + 2 * 14 * 8 + 16 + 4 * 64 + 8 + Plain + 4 * 8, second);
    }

    /// <summary>The last of two layers takes keys and values from the first and is twice as wide.</summary>
    [Fact]
    public void Layers_of_Gemma_4_that_share_keys_and_values_have_none()
    {
        const string Members = """ "head_dim":4,"global_head_dim":4,"num_key_value_heads":1,"hidden_size_per_layer_input":0,"use_double_wide_mlp":true """;
        var (apart, sharing) = (Read("gemma4_text", Members, 2), Read("gemma4_text", Members + ""","num_kv_shared_layers":1 """, 2));
        Assert.Equal(ParameterCount.Of(apart).Total - 2 * 32 - 4 + Gated, ParameterCount.Of(sharing).Total);
    }

    /// <summary>
    /// The published totals of the two Gemma 3n, recalled, are of the same towers: their difference is that of the decoders, with keys and
    /// values in the layers that share them too.
    /// </summary>
    [Fact]
    public void The_two_sizes_of_Gemma_3n_differ_as_their_published_totals_do() => Assert.Equal(
        7_849_978_192 - 5_439_438_272, Published("gemma-3n-e4b.json") - Published("gemma-3n-e2b.json"));

    [Theory]
    [InlineData("rwkv6", """ "proj_low_rank_dim":32 """, "proj_low_rank_dim")]
    [InlineData("rwkv7", Rwkv7 + ""","norm_first":false """, "norm_first")]
    [InlineData("rwkv7", """ "decay_low_rank_dim":2 """, "gate_low_rank_dim is missing")]
    [InlineData("gemma4_text", """ "attention_k_eq_v":true """, "attention_k_eq_v")]
    [InlineData("gemma3n_text", """ "laurel_rank":3,"intermediate_size":[16,16] """, "intermediate_size has 2 entries")]
    [InlineData("zamba2", """ "layers_block_type":["mamba","hybrid"] """, "layers_block_type")]
    [InlineData("nemotron_h", """ "head_dim":4,"mamba_num_heads":2,"hybrid_override_pattern":"E","moe_latent_size":4 """, "moe_latent_size")]
    [InlineData("bailing_moe_v2", """ "num_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":6 """, "use_qk_norm is missing")]
    [InlineData("bailing_moe", """ "use_bias":true,"num_experts":4,"num_experts_per_tok":2,"moe_intermediate_size":6 """, "use_bias")]
    [InlineData("qwen3_5_text", Delta + ""","attn_output_gate":false """, "attn_output_gate")]
    public void What_is_not_proven_is_refused_by_its_member(string type, string members, string named) => Assert.Contains(
        named, Assert.Throws<InputException>(() => Read(type, members)).Message, StringComparison.Ordinal);

    private static long Published(string file) => ParameterCount.Of(
        ShapeFile.Read(Path.Combine(Repository.Root, "tests", "Core.Tests", "Models", "Configs", file))).Total;

    private FlopCount Flops(string type, string members) => FlopCount.Forward(Read(type, members), 4);

    /// <summary>The sizes of the class's remarks, and members that may say otherwise.</summary>
    private TransformerShape Read(string type, string members, int layers = 1)
    {
        string[] sizes =
        [
            "\"hidden_size\":8", $"\"num_hidden_layers\":{layers}", "\"num_attention_heads\":2", "\"num_key_value_heads\":1",
            "\"intermediate_size\":16", "\"vocab_size\":10", "\"tie_word_embeddings\":true",
        ];
        var usual = sizes.Where(size => !members.Contains(size[..(size.IndexOf(':') + 1)], StringComparison.Ordinal));
        var path = Path.Combine(_folder.FullName, "config.json");
        var all = string.Join(',', members.Trim().Length > 0 ? usual.Append(members) : usual);
        File.WriteAllText(path, $"{{\"model_type\":\"{type}\",{all}}}");
        return ShapeFile.Read(path);
    }
}
