using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>The forms of logs that are read.</summary>
public enum LogFormat
{
    /// <summary>torchtitan's console.</summary>
    [JsonStringEnumMemberName("torchtitan")] Torchtitan,

    /// <summary>TensorBoard event files.</summary>
    [JsonStringEnumMemberName("tensorboard")] Tensorboard,

    /// <summary>nanoGPT's console.</summary>
    [JsonStringEnumMemberName("nanogpt")] NanoGpt,

    /// <summary>nanochat's console.</summary>
    [JsonStringEnumMemberName("nanochat")] Nanochat,

    /// <summary>modded-nanogpt's log.</summary>
    [JsonStringEnumMemberName("modded-nanogpt")] ModdedNanoGpt,

    /// <summary>llm.c's standard output.</summary>
    [JsonStringEnumMemberName("llm.c")] LlmC,

    /// <summary>llm.c's <c>main.log</c>, which has no times.</summary>
    [JsonStringEnumMemberName("llm.c-main-log")] LlmCMainLog,

    /// <summary>The console of the Hugging Face Trainer.</summary>
    [JsonStringEnumMemberName("hf-trainer")] HuggingFaceConsole,

    /// <summary><c>trainer_state.json</c>, <c>all_results.json</c> or <c>train_results.json</c> of the Hugging Face Trainer.</summary>
    [JsonStringEnumMemberName("hf-trainer-json")] HuggingFaceJson,

    /// <summary>Megatron-LM, and programs that print as it does.</summary>
    [JsonStringEnumMemberName("megatron")] Megatron,

    /// <summary>NeMo.</summary>
    [JsonStringEnumMemberName("nemo")] Nemo,

    /// <summary>Composer and llm-foundry.</summary>
    [JsonStringEnumMemberName("composer")] Composer,

    /// <summary>OLMo and OLMo-core.</summary>
    [JsonStringEnumMemberName("olmo")] Olmo,

    /// <summary>litgpt on Lightning Fabric.</summary>
    [JsonStringEnumMemberName("litgpt")] Litgpt,

    /// <summary>DeepSpeed's throughput timer.</summary>
    [JsonStringEnumMemberName("deepspeed")] DeepSpeed,

    /// <summary>MLPerf's <c>:::MLLOG</c> lines.</summary>
    [JsonStringEnumMemberName("mllog")] Mllog,

    /// <summary>A table of metrics: Lightning's CSV logger, an export of a tracker.</summary>
    [JsonStringEnumMemberName("csv")] Csv,

    /// <summary>One JSON object of metrics per line.</summary>
    [JsonStringEnumMemberName("jsonl")] JsonLines,

    /// <summary>A folder of MLflow metrics.</summary>
    [JsonStringEnumMemberName("mlflow")] Mlflow,

    /// <summary>nanotron's console.</summary>
    [JsonStringEnumMemberName("nanotron")] Nanotron,

    /// <summary>torchtune's log file and console.</summary>
    [JsonStringEnumMemberName("torchtune")] Torchtune,
}
