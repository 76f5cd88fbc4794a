using System.Globalization;
using System.Text;
using SlmPlanner.Core;
using Sylvan.Data.Csv;

namespace SlmPlanner.Data.Csv;

/// <summary>
/// Reads a comma-separated file with a header, one row at a time in bounded memory, and names file, line and column in
/// every complaint. UTF-8 (or UTF-16 with a byte-order mark); quoted fields may hold commas, quotes and newlines.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>The longest row that is read, in characters.</summary>
    public const int LongestRow = 1 << 20;

    private const int MostPooled = 50_000;

    private readonly CsvDataReader _reader;
    private readonly HashSet<string> _pool = new(StringComparer.Ordinal);
    private int _lineAfter = 2;

    private CsvRows(CsvDataReader reader, string name)
    {
        (_reader, Name) = (reader, name);
        Columns = [.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.GetName(index).Trim())];
        var twice = Columns.GroupBy(column => column, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new InputException($"{name}, line 1: the column '{twice.Key}' occurs twice");
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    /// <summary>The header's column names in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The line on which the current row starts, counted from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Fields in the current row, which may differ from the header's.</summary>
    public int FieldCount => _reader.RowFieldCount;

    /// <summary>The current row as it stands in the file.</summary>
    public ReadOnlySpan<char> Raw => _reader.GetRawRecordSpan();

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">The file is missing, unreadable, empty or has no header.</exception>
    public static CsvRows Open(string path)
    {
        try
        {
            return Read(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads from a stream, which is closed with the rows.</summary>
    public static CsvRows Read(Stream stream, string name) =>
        Read(new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true)), name);

    /// <summary>Reads from text, which is closed with the rows.</summary>
    public static CsvRows Read(TextReader text, string name)
    {
        var options = new CsvDataReaderOptions
        {
            Delimiter = ',', BufferSize = 1 << 16, MaxBufferSize = LongestRow, OwnsReader = true,
            HeaderComparer = StringComparer.OrdinalIgnoreCase,
        };
        return new(Guard(name, 1, () => CsvDataReader.Create(text, options)), name);
    }

    /// <summary>Moves to the next row, passing over blank lines; false at the end.</summary>
    /// <exception cref="InputException">The text is not valid CSV or not text.</exception>
    public bool Next()
    {
        do
        {
            Line = _lineAfter;
            if (!Guard(Name, Line, _reader.Read))
                return false;
            _lineAfter += Math.Max(1, Raw.Count('\n'));
        }
        while (FieldCount == 1 && Columns.Count > 1 && _reader.GetFieldSpan(0).Trim().IsEmpty);
        return true;
    }

    /// <summary>The position of a column that must exist.</summary>
    public int Required(string column) => Optional(column) ?? throw new InputException(
        $"{Name}, line 1: the column '{column}' is missing; found {string.Join(", ", Columns.Take(20))}");

    /// <summary>The position of a column, or null.</summary>
    public int? Optional(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
            if (string.Equals(Columns[index], column, StringComparison.OrdinalIgnoreCase))
                return index;
        return null;
    }

    /// <summary>Fails unless the row has exactly the header's number of fields.</summary>
    public void RequireWholeRow()
    {
        if (FieldCount != Columns.Count)
            throw new InputException($"{Name}, line {Line}: {FieldCount} fields, the header has {Columns.Count}");
    }

    /// <summary>A field without surrounding space; empty when the column or the field is missing.</summary>
    public ReadOnlySpan<char> Span(int? column) =>
        column is { } index && index < FieldCount ? _reader.GetFieldSpan(index).Trim() : default;

    /// <summary>A field as text; empty when missing. Texts that repeat are shared.</summary>
    public string Text(int? column) => Text(Span(column));

    /// <summary>The shared text that equals <paramref name="span"/>.</summary>
    public string Text(ReadOnlySpan<char> span)
    {
        if (_pool.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(span, out var known))
            return known;
        var text = span.ToString();
        if (_pool.Count < MostPooled)
            _pool.Add(text);
        return text;
    }

    /// <summary>A field as a number within a range; null when empty.</summary>
    /// <exception cref="InputException">Not a finite number, or outside the range.</exception>
    public double? Number(int? column, double least, double most)
    {
        var text = Span(column);
        if (text.IsEmpty)
            return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw Bad(column, "is not a number");
        return value >= least && value <= most ? value : throw Bad(column, FormattableString.Invariant($"must be {least}..{most}"));
    }

    /// <summary>A field as a number of zero or more; null when empty. False when it is anything else.</summary>
    public bool TryNumber(int? column, out double? value)
    {
        value = null;
        var text = Span(column);
        if (text.IsEmpty)
            return true;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !(number >= 0 && double.IsFinite(number)))
            return false;
        value = number;
        return true;
    }

    /// <summary>A complaint about a field of the current row.</summary>
    public InputException Bad(int? column, string problem) =>
        new($"{Name}, line {Line}, column '{(column is { } index ? Columns[index] : "?")}': '{Text(column)}' {problem}");

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static T Guard<T>(string name, int line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvMissingHeadersException exception)
        {
            throw new InputException($"{name} is empty: expected a header row", exception);
        }
        catch (CsvRecordTooLargeException exception)
        {
            throw new InputException($"{name}, line {line}: a row longer than {LongestRow} characters; is a quote left open?", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InputException($"{name}, near line {line}: not UTF-8 text; save it as UTF-8", exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or IOException or CsvFormatException
            or CsvInvalidCharacterException)
        {
            throw new InputException($"{name}, near line {line}: {exception.Message}", exception);
        }
    }
}
