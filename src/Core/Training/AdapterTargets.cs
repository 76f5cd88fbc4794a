using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>
/// The matrices of a block that have adapters, by the names that trainers give them (peft's <c>target_modules</c>, without <c>_proj</c>).
/// </summary>
[Flags]
public enum AdapterTargets
{
    /// <summary>None.</summary>
    [JsonStringEnumMemberName("none")] None = 0,

    /// <summary>Queries.</summary>
    [JsonStringEnumMemberName("q")] Query = 1,

    /// <summary>Keys.</summary>
    [JsonStringEnumMemberName("k")] Key = 2,

    /// <summary>Values.</summary>
    [JsonStringEnumMemberName("v")] Value = 4,

    /// <summary>Output of attention.</summary>
    [JsonStringEnumMemberName("o")] Output = 8,

    /// <summary>Query, key, value and output of attention.</summary>
    [JsonStringEnumMemberName("attention")] Attention = Query | Key | Value | Output,

    /// <summary>Gate of the feed-forward, where it has one.</summary>
    [JsonStringEnumMemberName("gate")] Gate = 16,

    /// <summary>Into the feed-forward.</summary>
    [JsonStringEnumMemberName("up")] Up = 32,

    /// <summary>Out of the feed-forward.</summary>
    [JsonStringEnumMemberName("down")] Down = 64,

    /// <summary>Every matrix of the feed-forward, those of experts too.</summary>
    [JsonStringEnumMemberName("feed_forward")] FeedForward = Gate | Up | Down,

    /// <summary>Every matrix of a block.</summary>
    [JsonStringEnumMemberName("all")] All = Attention | FeedForward,
}

/// <summary>The written form of targets: one of the names, or some of them with commas or pluses between: <c>q,v</c>.</summary>
public static class AdapterTargetsText
{
    private static readonly (string Word, AdapterTargets Targets)[] Words =
    [
        ("attention", AdapterTargets.Attention), ("all", AdapterTargets.All), ("all-linear", AdapterTargets.All),
        ("feed_forward", AdapterTargets.FeedForward), ("q", AdapterTargets.Query), ("k", AdapterTargets.Key), ("v", AdapterTargets.Value),
        ("o", AdapterTargets.Output), ("gate", AdapterTargets.Gate), ("up", AdapterTargets.Up), ("down", AdapterTargets.Down),
    ];

    private static string Allowed => $"allowed {string.Join(", ", Words.Select(entry => entry.Word))}";

    /// <summary>The names of single matrices, in the order of a block.</summary>
    public static IReadOnlyList<(string Word, AdapterTargets Target)> Names { get; } = Words[4..];

    /// <summary>Reads the written form; <c>q_proj</c> is <c>q</c>.</summary>
    /// <exception cref="InputException">A word names no matrix.</exception>
    public static AdapterTargets Parse(string text)
    {
        var targets = AdapterTargets.None;
        foreach (var part in text.Split([',', '+', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var word = part.ToLowerInvariant().Replace("_proj", "", StringComparison.Ordinal);
            var known = Array.Find(Words, entry => entry.Word == word).Targets;
            if (known == AdapterTargets.None)
                throw new InputException($"targets '{text}': '{part}' is unknown; {Allowed}");
            targets |= known;
        }
        return targets != AdapterTargets.None ? targets : throw new InputException($"targets are empty; {Allowed}");
    }

    /// <summary>The shortest form that <see cref="Parse"/> reads.</summary>
    public static string Write(AdapterTargets targets) => targets switch
    {
        AdapterTargets.All => "all",
        AdapterTargets.Attention => "attention",
        AdapterTargets.FeedForward => "feed_forward",
        _ => string.Join('+', Names.Where(entry => targets.HasFlag(entry.Target)).Select(entry => entry.Word)),
    };
}
