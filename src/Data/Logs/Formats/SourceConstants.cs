using System.Globalization;
using System.Text;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// Constants of a Python source that a log begins with: lines <c>name : int = 8*64 # …</c> and <c>name = 48*1024</c>. Of a name that
/// occurs twice with different values nothing is known.
/// </summary>
internal sealed class SourceConstants
{
    private const int Most = 256;
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);

    /// <summary>Whether the source lists stages of training, which differ in batch or length.</summary>
    public bool HasStages { get; private set; }

    /// <summary>Takes a line of the source.</summary>
    public void Read(ReadOnlySpan<byte> line)
    {
        var equals = line.IndexOf((byte)'=');
        HasStages |= line.IndexOf("TrainingStage("u8) is > 0 and var stage && line[stage..].IndexOf((byte)'=') > 0;
        if (equals <= 0 || line.Length > 400 || _values.Count >= Most)
            return;
        var text = Encoding.UTF8.GetString(line);
        var name = text[..text.IndexOf('=', StringComparison.Ordinal)].Split(':')[0].Trim();
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            return;
        var value = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..].Split('#')[0].Trim();
        if (value.StartsWith('('))
            _lists.Add(name);
        if (Product(value) is { } number)
            _values[name] = _values.TryGetValue(name, out var known) && known != number ? double.NaN : number;
    }

    /// <summary>Whether a name stands for several values.</summary>
    public bool IsList(string name) => _lists.Contains(name);

    /// <summary>The value of a name; null where it is unknown or told twice.</summary>
    public double? Of(string name) => _values.TryGetValue(name, out var value) && !double.IsNaN(value) ? value : null;

    private static double? Product(string text)
    {
        var product = 1.0;
        foreach (var factor in text.Split('*', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(factor.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture,
                out var number))
                return null;
            product *= number;
        }
        return product > 0 && product < 1e15 ? product : null;
    }
}
