using SlmPlanner.Core.Training;

namespace SlmPlanner.Data.Measurements;

/// <summary>
/// What the words for optimizers mean in measurement files, by the names that trainers give them (<c>adamw_torch_fused</c>,
/// <c>paged_adamw_8bit</c>, <c>DeepSpeedCPUAdam</c>). They are free text, so an unknown word is no error and means nothing.
/// </summary>
internal static class OptimizerWords
{
    /// <summary>Words in the order in which they count: a text with several means the first of these.</summary>
    private static readonly (string Word, OptimizerKind Kind)[] Words =
    [
        ("muon", OptimizerKind.Muon), ("soap", OptimizerKind.Soap), ("adafactor", OptimizerKind.Adafactor), ("lion", OptimizerKind.Lion),
        ("sgd", OptimizerKind.Sgd), ("adam", OptimizerKind.AdamW),
    ];

    /// <summary>The optimizer; null where the text is empty or names none that is known.</summary>
    public static Optimizer? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var letters = string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));
        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
                if (letters.Contains(word, StringComparison.Ordinal))
                    return true;
            return false;
        }
        var found = Array.FindIndex(Words, entry => letters.Contains(entry.Word, StringComparison.Ordinal));
        if (found < 0)
            return null;
        var kind = Words[found].Kind;
        if (kind == OptimizerKind.AdamW && Says("8bit", "4bit", "int8"))
            kind = OptimizerKind.AdamW8Bit;
        else if (kind == OptimizerKind.AdamW && Says("fused", "apex"))
            kind = OptimizerKind.AdamWFused;
        return new(kind, Says("offload", "cpu", "onhost"), Says("paged"), Says("inbackward", "inthebackward"));
    }
}
