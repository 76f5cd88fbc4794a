using System.Text.Json;
using System.Text.RegularExpressions;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>Members that nothing read although a count may depend on them: better no answer than a wrong one.</summary>
internal static partial class CountChanging
{
    /// <summary>
    /// Notes each as a problem. Of a known type those whose name says layers, experts, ranks, blocks, norms or biases; of an unknown type
    /// every one of which it is not known that it changes no count.
    /// </summary>
    public static void Refuse(ConfigFields fields, bool isKnown)
    {
        foreach (var (name, value) in fields.Unread.Where(member => !IsOff(member.Value)).ToList())
        {
            if (isKnown ? Suspect().IsMatch(name) && !ModelTypes.ChangesNoCount(name) : !ModelTypes.ChangesNoCount(name))
                fields.Refuse($"{name} is {Shortened(value)}: the count may depend on it, and how is not known; without it the model is "
                    + $"read");
        }
    }

    private static bool IsOff(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        _ => false,
    };

    private static string Shortened(JsonElement value)
    {
        const int Most = 40;
        var text = value.GetRawText();
        return text.Length <= Most ? text : text[..Most] + "…";
    }

    [GeneratedRegex("layer_types|_per_layer|block_configs|experts|lora_rank|_rank$|adapter|shared_block|layer_sharing|altup|laurel"
        + "|qk_?(layer)?norm|_bias$|^draft_")]
    private static partial Regex Suspect();
}
