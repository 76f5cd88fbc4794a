using SlmPlanner.Core;

namespace SlmPlanner.Data.Measurements;

/// <summary>
/// The words of one field and what each means. Only letters and digits count, and their case does not: <c>flash_attention_2</c>,
/// <c>Flash-Attention 2</c> and <c>FlashAttention2</c> are one word.
/// </summary>
/// <typeparam name="T">What a word means.</typeparam>
internal sealed class WordTable<T>
{
    private readonly Dictionary<string, T> _meanings = new(StringComparer.Ordinal);
    private readonly string _field, _allowed;

    /// <summary>Makes the table.</summary>
    /// <param name="field">The column, for messages.</param>
    /// <param name="allowed">The words that a message offers: the usual ones, not all.</param>
    /// <param name="entries">Each meaning with its words, commas between.</param>
    public WordTable(string field, string allowed, params (T Meaning, string Words)[] entries)
    {
        (_field, _allowed) = (field, allowed);
        foreach (var (meaning, words) in entries)
            foreach (var word in words.Split(','))
                _meanings.Add(PlainWord.Of(word), meaning);
    }

    /// <summary>True where the word is known.</summary>
    public bool TryFind(string word, out T? meaning) => _meanings.TryGetValue(PlainWord.Of(word), out meaning);

    /// <summary>What the word means.</summary>
    /// <exception cref="InputException">The word is unknown; names it and the allowed ones.</exception>
    public T Of(string word) => _meanings.TryGetValue(PlainWord.Of(word), out var meaning)
        ? meaning
        : throw new InputException($"{_field} '{word}' is unknown; allowed {_allowed}");
}
