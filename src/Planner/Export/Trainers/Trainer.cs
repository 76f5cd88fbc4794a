using System.Text.Json.Serialization;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>A training program that people have, whose own settings a launch file can carry.</summary>
public enum Trainer
{
    /// <summary>PyTorch's torchtitan.</summary>
    [JsonStringEnumMemberName("torchtitan")] Torchtitan,

    /// <summary>litgpt pretrain.</summary>
    [JsonStringEnumMemberName("litgpt")] Litgpt,

    /// <summary>Hugging Face's nanotron.</summary>
    [JsonStringEnumMemberName("nanotron")] Nanotron,

    /// <summary>NVIDIA's Megatron-LM, <c>pretrain_gpt.py</c>.</summary>
    [JsonStringEnumMemberName("megatron-lm")] MegatronLm,

    /// <summary>Hugging Face's <c>run_clm.py</c> under accelerate, with FSDP or DeepSpeed.</summary>
    [JsonStringEnumMemberName("run-clm")] RunClm,

    /// <summary>nanoGPT's <c>train.py</c>.</summary>
    [JsonStringEnumMemberName("nanogpt")] Nanogpt,

    /// <summary>nanochat's <c>base_train.py</c>.</summary>
    [JsonStringEnumMemberName("nanochat")] Nanochat,

    /// <summary>Hugging Face's TRL with peft, for fine-tuning.</summary>
    [JsonStringEnumMemberName("trl")] Trl,

    /// <summary>axolotl, for fine-tuning.</summary>
    [JsonStringEnumMemberName("axolotl")] Axolotl,

    /// <summary>PyTorch's torchtune, for fine-tuning.</summary>
    [JsonStringEnumMemberName("torchtune")] Torchtune,
}
