using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.Json;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Data.Store;

/// <summary>Reads the rows of a store as observations, and writes what they share.</summary>
internal static class EvidenceReader
{
    /// <summary>
    /// Every observation with its first learning and its latest mark. Times of equal text are told apart by hash, so that the same content
    /// reads the same whatever was merged into what.
    /// </summary>
    private const string Query = """
        SELECT o.id, o.document, l.at, l.kind, l.name, l.file, l.first_line, l.last_line, l."by", m.dropped, m.at, m.reason, m."by"
        FROM observation o
        JOIN learning l ON l.hash = (SELECT hash FROM learning WHERE observation = o.id ORDER BY at, hash LIMIT 1)
        LEFT JOIN mark m ON m.hash = (SELECT hash FROM mark WHERE observation = o.id ORDER BY at DESC, hash DESC LIMIT 1)
        ORDER BY l.at, o.id
        """;

    /// <summary>All of them.</summary>
    /// <exception cref="InputException">A document can't be read.</exception>
    public static IReadOnlyList<KeptObservation> All(StoreFile file) => [.. file.Rows(Query).Select(row => Kept(file.Path, row))];

    /// <summary>A time as the store writes it: UTC, so that texts sort as times do.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A kind as the store writes it.</summary>
    public static string Word(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Run => "run",
        EvidenceKind.Row => "row",
        EvidenceKind.Burst => "burst",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static KeptObservation Kept(string path, object?[] row)
    {
        var (id, document, name, file) = ((string)row[0]!, (string)row[1]!, (string)row[4]!, (string?)row[5]);
        var (first, last, by) = ((int?)(long?)row[6], (int?)(long?)row[7], (string?)row[8]);
        var observation = Parse(path, id, document, name);
        observation = observation with { From = observation.From with { File = file, Line = first, By = by } };
        var mark = row[9] is 1L ? new DropMark(Time(row[10]), (string)row[11]!, (string?)row[12]) : null;
        return new(id, observation, Kind((string)row[3]!), Time(row[2]), file, first, last, by, mark);
    }

    private static Observation Parse(string path, string id, string document, string name)
    {
        try
        {
            var fields = JsonNode.Parse(document)!.AsObject();
            (fields["name"], fields[FormatVersion.Key]) = (name, Observation.CurrentVersion);
            return fields.Deserialize(ObservationJson.Default.Observation)!;
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: observation {id[..KeptObservation.ShortIdDigits]} can't be read: {exception.Message}",
                exception);
        }
    }

    private static EvidenceKind Kind(string word) => Enum.GetValues<EvidenceKind>().First(kind => Word(kind) == word);

    private static DateTimeOffset Time(object? text) =>
        DateTimeOffset.Parse(
            (string)text!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
