using System.Globalization;
using System.Text;

namespace SlmPlanner.Core.Text;

/// <summary>
/// A text that is the same wherever the same values are stated, for hashing: one line per value with its key and its length
/// in characters before it, so that no value can pass for two. A null, a <c>false</c> and an empty list leave no line. A
/// value that is added later and not stated then leaves the text as it was.
/// </summary>
internal sealed class CanonicalText
{
    private readonly StringBuilder _lines = new();

    public CanonicalText Add(string key, string? value)
    {
        if (value is not null)
            _lines.Append(CultureInfo.InvariantCulture, $"{key}={value.Length}:{value}\n");
        return this;
    }

    /// <summary>The shortest decimal number that reads back as the same double.</summary>
    public CanonicalText Add(string key, double? value) => Add(key, value?.ToString("R", CultureInfo.InvariantCulture));

    public CanonicalText Add(string key, int? value) => Add(key, value?.ToString(CultureInfo.InvariantCulture));

    public CanonicalText Add(string key, bool value) => Add(key, value ? "true" : null);

    /// <summary>The name that machine formats give the member, which stays when the code's changes.</summary>
    public CanonicalText Add<T>(string key, T value) where T : struct, Enum => Add(key, DeclaredName.Of(value));

    /// <summary>The items in their order, each under the same key.</summary>
    public CanonicalText AddEach(string key, IEnumerable<string> values)
    {
        foreach (var value in values)
            Add(key, value);
        return this;
    }

    public override string ToString() => _lines.ToString();
}
