using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>What a run is for.</summary>
public enum TrainingTask
{
    /// <summary>Training on raw text, from the start or from a base model: the work of a token is the same.</summary>
    [JsonStringEnumMemberName("pretrain")] Pretrain,

    /// <summary>Training a base model on samples.</summary>
    [JsonStringEnumMemberName("finetune")] Finetune,
}
