using System.Text;
using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>
/// The file <c>measurements.jsonl</c> of a run: one JSON document per line, only ever appended to, and on disk before the next
/// burst starts. Whatever happens to the process, at most the burst in flight is lost.
/// </summary>
public sealed class MeasurementLog : IDisposable
{
    /// <summary>Every append goes straight to the system, so that a failed one leaves nothing to fail again later.</summary>
    private const int Unbuffered = 0;
    private const byte NewLine = (byte)'\n';
    private readonly string _path;
    private readonly FileStream _file;

    private MeasurementLog(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Opens the file for appending, and ends a line that a crash cut short.</summary>
    /// <exception cref="InputException">The file can't be opened or written.</exception>
    public static MeasurementLog Open(string path) => Guard(path, () =>
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, Unbuffered);
        var log = new MeasurementLog(path, file);
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != NewLine)
                log.Put([NewLine]);
        }
        return log;
    });

    /// <summary>Appends one line and waits until it is on disk.</summary>
    /// <exception cref="InputException">The disk is full or gone; earlier lines stay.</exception>
    public void Append(MeasurementLine line) => Guard(_path, () =>
    {
        Put([.. JsonSerializer.SerializeToUtf8Bytes(line, MeasurementJson.Line), NewLine]);
        return true;
    });

    /// <summary>Reads a file. Lines that can't be read are skipped and named.</summary>
    /// <returns>The good lines in order, and one phrase per bad line.</returns>
    /// <exception cref="InputException">There is no such file, or a line of another version: half of a run is worth nothing.</exception>
    public static (IReadOnlyList<MeasurementLine> Lines, IReadOnlyList<string> Problems) Read(string path)
    {
        if (!File.Exists(path))
            throw new InputException($"{path}: no such file");
        List<MeasurementLine> lines = [];
        List<string> problems = [];
        var number = 0;
        foreach (var text in File.ReadLines(path, Encoding.UTF8))
        {
            number++;
            if (text.Length == 0)
                continue;
            FormatVersion.Check(text, MeasurementLine.OldestVersion, MeasurementLine.CurrentVersion, $"{path}, line {number}");
            try
            {
                lines.Add(Parse(text));
            }
            catch (JsonException exception)
            {
                problems.Add($"{path}, line {number}: skipped, {exception.Message}");
            }
        }
        return (lines, problems);
    }

    /// <summary>One line.</summary>
    /// <exception cref="JsonException">Not such a line.</exception>
    public static MeasurementLine Parse(string text) =>
        JsonSerializer.Deserialize<MeasurementLine>(text, MeasurementJson.Line) ?? throw new JsonException("the line is null");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Put(byte[] bytes)
    {
        _file.Seek(0, SeekOrigin.End);
        _file.Write(bytes);
        _file.Flush(flushToDisk: true);
    }

    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write {path}: {exception.Message}", exception);
        }
    }
}
