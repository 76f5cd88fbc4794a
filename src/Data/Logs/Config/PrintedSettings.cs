using System.Globalization;
using System.Text;

namespace SlmPlanner.Data.Logs.Config;

/// <summary>
/// Settings as programs print them into their logs: a Python dictionary in one line (<c>{'training': {'seq_len': 8192}}</c>), or JSON over
/// many. Read as it comes; what is in round brackets is passed over.
/// </summary>
internal sealed class PrintedSettings
{
    private const int Deepest = 24, LongestValue = 200, Most = 1 << 13;

    private readonly List<(string Name, bool IsList)> _open = [];
    private readonly List<int> _counts = [];
    private readonly StringBuilder _token = new();
    private string _key = "";
    private int _brackets, _told;

    /// <summary>True while brackets are open, so that the next line belongs to it.</summary>
    public bool IsOpen => _open.Count > 0;

    /// <summary>Takes text; what comes after the last bracket is left.</summary>
    /// <param name="text">A line, or from its first bracket.</param>
    /// <param name="keep">
    /// Takes each path, parts joined by dots and places in lists as numbers, with its value; a list's length as <c>NAME.length</c>.
    /// </param>
    public void Read(ReadOnlySpan<char> text, Action<string, string> keep)
    {
        var quote = '\0';
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (quote != '\0')
            {
                if (letter == '\\' && index + 1 < text.Length)
                    Add(text[++index]);
                else if (letter == quote)
                    quote = '\0';
                else
                    Add(letter);
            }
            else if (letter is '"' or '\'')
                quote = letter;
            else if (letter is '(' or ')')
                _brackets = Math.Max(0, _brackets + (letter == '(' ? 1 : -1));
            else if (_brackets > 0 || !Mark(letter, keep))
                Add(letter);
            if (index > 0 && !IsOpen)
                return;
        }
    }

    /// <summary>Leaves what is open, for a line that is none of it.</summary>
    public void Close()
    {
        _open.Clear();
        _counts.Clear();
        _token.Clear();
        (_key, _brackets) = ("", 0);
    }

    /// <summary>Takes a letter that marks a part; false where it is one of a value.</summary>
    private bool Mark(char letter, Action<string, string> keep)
    {
        switch (letter)
        {
            case '{' or '[':
                _token.Clear();
                _open.Add((Part(), letter == '['));
                _counts.Add(0);
                _key = "";
                if (_open.Count > Deepest)
                    Close();
                return true;
            case '}' or ']':
                Tell(keep);
                if (_open.Count == 0)
                    return true;
                if (_open[^1].IsList)
                    keep($"{Path()}.length", _counts[^1].ToString(CultureInfo.InvariantCulture));
                _open.RemoveAt(_open.Count - 1);
                _counts.RemoveAt(_counts.Count - 1);
                if (_counts.Count > 0)
                    _counts[^1]++;
                return true;
            case ':' when _open.Count > 0 && !_open[^1].IsList && _key.Length == 0:
                _key = _token.ToString().Trim();
                _token.Clear();
                return true;
            case ',':
                Tell(keep);
                return true;
            default:
                return false;
        }
    }

    private void Tell(Action<string, string> keep)
    {
        var value = _token.ToString().Trim();
        if (value.Length > 0 && _open.Count > 0)
        {
            if (_key.Length > 0 && _told++ < Most)
                keep(_open.Count == 1 ? _key : $"{Path()}.{_key}", value);
            _counts[^1]++;
        }
        _token.Clear();
        _key = "";
    }

    /// <summary>What the bracket that opens now is called: its key, or its place in the list around it.</summary>
    private string Part() => _open.Count > 0 && _open[^1].IsList ? _counts[^1].ToString(CultureInfo.InvariantCulture) : _key;

    private string Path() => string.Join('.', _open.Skip(1).Select(part => part.Name));

    private void Add(char letter)
    {
        if (_brackets == 0 && _token.Length < LongestValue)
            _token.Append(letter);
    }
}
