using SlmPlanner.Core;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Data.Measurements;

/// <summary>What the words for fine-tuning mean in measurement files. Null where the word is empty; an unknown word is an error.</summary>
internal static class TuningWords
{
    /// <summary>Which parameters are trained.</summary>
    public static TuningMethod? MethodOf(string? word) => Lower(word) switch
    {
        null => null,
        "full" or "none" or "sft" => TuningMethod.Full,
        "lora" or "dora" or "lora+" => TuningMethod.Lora,
        "qlora" => TuningMethod.Qlora,
        "freeze" => TuningMethod.Freeze,
        _ => throw new InputException($"method '{word}' is unknown; allowed full, lora, qlora, freeze"),
    };

    /// <summary>The matrices that have adapters.</summary>
    public static AdapterTargets? TargetsOf(string? word) => Lower(word) is { } targets ? AdapterTargetsText.Parse(targets) : null;

    private static string? Lower(string? word) => string.IsNullOrWhiteSpace(word) ? null : word.Trim().ToLowerInvariant();
}
