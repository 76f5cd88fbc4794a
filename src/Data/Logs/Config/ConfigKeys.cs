using System.Globalization;
using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Logs.Config;

/// <summary>
/// What the names of training programs' settings mean: the arguments of Megatron-LM, NeMo, the Hugging Face Trainer, accelerate, DeepSpeed,
/// torchtitan, nanoGPT, nanochat, litgpt, llm-foundry, OLMo, MLPerf. Names whose meaning differs between programs are not here.
/// </summary>
internal static class ConfigKeys
{
    private static readonly Dictionary<string, RunField> Counts = new(StringComparer.Ordinal)
    {
        ["num_layers"] = RunField.Layers, ["n_layers"] = RunField.Layers, ["n_layer"] = RunField.Layers,
        ["num_hidden_layers"] = RunField.Layers, ["hidden_size"] = RunField.DModel, ["n_embd"] = RunField.DModel,
        ["d_model"] = RunField.DModel, ["model_dim"] = RunField.DModel, ["num_attention_heads"] = RunField.Heads,
        ["n_heads"] = RunField.Heads, ["n_head"] = RunField.Heads, ["num_heads"] = RunField.Heads,
        ["num_key_value_heads"] = RunField.KvHeads, ["n_kv_heads"] = RunField.KvHeads, ["n_kv_head"] = RunField.KvHeads,
        ["num_kv_heads"] = RunField.KvHeads, ["num_query_groups"] = RunField.KvHeads, ["n_query_groups"] = RunField.KvHeads,
        ["ffn_hidden_size"] = RunField.DFfn, ["intermediate_size"] = RunField.DFfn, ["d_ffn"] = RunField.DFfn,
        ["mlp_hidden_size"] = RunField.DFfn, ["padded_vocab_size"] = RunField.Vocab, ["vocab_size"] = RunField.Vocab,
        ["seq_length"] = RunField.SeqLen, ["seq_len"] = RunField.SeqLen, ["block_size"] = RunField.SeqLen,
        ["sequence_length"] = RunField.SeqLen, ["sequence_len"] = RunField.SeqLen, ["max_seq_length"] = RunField.SeqLen,
        ["encoder_seq_length"] = RunField.SeqLen, ["max_sequence_length"] = RunField.SeqLen, ["cutoff_len"] = RunField.SeqLen,
        ["micro_batch_size"] = RunField.MicroBatch, ["device_batch_size"] = RunField.MicroBatch,
        ["per_device_train_batch_size"] = RunField.MicroBatch, ["local_batch_size"] = RunField.MicroBatch,
        ["train_micro_batch_size_per_gpu"] = RunField.MicroBatch, ["device_train_microbatch_size"] = RunField.MicroBatch,
        ["per_device_eval_batch_size"] = RunField.EvalBatch,
        ["gradient_accumulation_steps"] = RunField.GradAccum, ["grad_accum_steps"] = RunField.GradAccum,
        ["global_batch_size"] = RunField.GlobalBatch, ["train_batch_size"] = RunField.GlobalBatch,
        ["global_train_batch_size"] = RunField.GlobalBatch, ["world_size"] = RunField.Gpus, ["num_processes"] = RunField.Gpus,
        ["num_machines"] = RunField.Nodes, ["nnodes"] = RunField.Nodes, ["num_nodes"] = RunField.Nodes,
        ["nproc_per_node"] = RunField.GpusPerNode, ["gpus_per_node"] = RunField.GpusPerNode, ["num_gpus_per_node"] = RunField.GpusPerNode,
        ["tensor_model_parallel_size"] = RunField.Tensor, ["tensor_parallel_degree"] = RunField.Tensor,
        ["model_parallel_size"] = RunField.Tensor, ["pipe_parallel_size"] = RunField.Pipeline,
        ["pipeline_model_parallel_size"] = RunField.Pipeline, ["pipeline_parallel_degree"] = RunField.Pipeline,
        ["context_parallel_size"] = RunField.Context, ["context_parallel_degree"] = RunField.Context,
        ["expert_model_parallel_size"] = RunField.Expert, ["data_parallel_replicate_degree"] = RunField.Replicas,
        ["data_parallel_shard_degree"] = RunField.Shards, ["max_steps"] = RunField.TotalSteps, ["train_iters"] = RunField.TotalSteps,
        ["num_iterations"] = RunField.TotalSteps, ["max_iters"] = RunField.TotalSteps,
    };

    /// <summary>The settings of a key and value in the words of measured rows, as far as they are known.</summary>
    /// <param name="key">The name as it stands, dashes and dots as they are; of a path the last part counts.</param>
    /// <param name="value">The value as text.</param>
    /// <param name="keep">Takes each field and value.</param>
    public static void Read(ReadOnlySpan<char> key, ReadOnlySpan<char> value, Action<RunField, string> keep)
    {
        var name = Name(key);
        var text = value.Trim().Trim("'\"").ToString();
        if (name is "recompute_granularity" or "activations_checkpoint_granularity" && text is "None" or "null" or "")
            keep(RunField.Recomputation, "none");
        if (text.Length == 0 || text is "None" or "null" or "auto")
            return;
        if (Counts.TryGetValue(name, out var field))
        {
            if (double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float | NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture, out var number) && number >= 1)
                keep(field, number.ToString("R", CultureInfo.InvariantCulture));
            return;
        }
        foreach (var (told, word) in ConfigWords.Of(name, text.ToLowerInvariant()))
            keep(told, word);
    }

    private static string Name(ReadOnlySpan<char> key)
    {
        var name = key.Trim().TrimStart('-').Trim("'\"");
        var part = name.LastIndexOfAny(['.', '/']);
        return (part < 0 ? name : name[(part + 1)..]).ToString().Replace('-', '_').ToLowerInvariant();
    }
}
