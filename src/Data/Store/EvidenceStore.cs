using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Data.Store;

/// <summary>
/// The evidence of a user: runs learned from logs, rows of files, bursts of calibrations. Append-only: what is kept stays, a drop is a
/// mark.
/// </summary>
public sealed class EvidenceStore : IDisposable
{
    private readonly StoreFile _file;

    private EvidenceStore(StoreFile file) => _file = file;

    /// <summary>Opens a store to add to it; it is made where there is none.</summary>
    /// <exception cref="InputException">It can't be opened or written, is no store, or a newer program wrote it.</exception>
    public static EvidenceStore OpenToAdd(string path) => new(StoreFile.OpenToAdd(path));

    /// <summary>Opens a store to read it; its file stays as it is.</summary>
    /// <exception cref="InputException">It is missing, can't be opened, is no store, or a newer program wrote it.</exception>
    public static EvidenceStore OpenToRead(string path) => new(StoreFile.OpenToRead(path));

    /// <summary>
    /// Keeps observations, all or none, and returns the ids of those that were not there yet. On the disk when it returns.
    /// </summary>
    /// <param name="learnings">What to keep.</param>
    /// <param name="at">When they are learned.</param>
    /// <exception cref="InputException">The file can't be written.</exception>
    public IReadOnlyList<string> Add(IEnumerable<Learning> learnings, DateTimeOffset at)
    {
        Learning[] all = [.. learnings];
        return _file.Write(() => all.Select(learning => Add(learning, at)).OfType<string>().ToArray());
    }

    /// <summary>
    /// Everything kept, dropped ones included, in the order in which it was learned; the same order for the same content.
    /// </summary>
    public IReadOnlyList<KeptObservation> All() => EvidenceReader.All(_file);

    /// <summary>The one whose id begins so.</summary>
    /// <param name="start">At least four digits of its id.</param>
    /// <exception cref="InputException">None or several begin so.</exception>
    public KeptObservation Find(string start)
    {
        const int FewestDigits = 4;
        if (start.Length < FewestDigits)
            throw new InputException($"id '{start}' is too short, at least {FewestDigits} digits are needed");
        var found = All().Where(kept => kept.Id.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new InputException($"the store {_file.Path} has no observation '{start}'; 'slm-plan evidence list' shows the ids"),
            _ => throw new InputException($"several ids begin with '{start}': give more digits, for example {found[0].ShortId}"),
        };
    }

    /// <summary>How the run of an observation went; null where that was not kept.</summary>
    /// <param name="id">Its whole id.</param>
    /// <exception cref="InputException">What was kept can't be read.</exception>
    public RunCurve? CurveOf(string id) => CurveTable.Of(_file, id);

    /// <summary>Marks an observation as not to be counted, or takes that back. It stays in the store.</summary>
    /// <param name="id">Its whole id.</param>
    /// <param name="reason">Why, in the user's words.</param>
    /// <param name="dropped">False to count it again.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who, where that shall be kept.</param>
    /// <exception cref="InputException">The file can't be written.</exception>
    public void Mark(string id, string reason, bool dropped, DateTimeOffset at, string? by = null) => _file.Write(() =>
        _file.AddNew(ObservationTables.Mark, id, EvidenceReader.Text(at), dropped ? 1L : 0L, reason, by));

    /// <summary>Adds all that another store, or a history of the calibrator, holds and this one lacks; how many rows by table.</summary>
    /// <exception cref="InputException">The other is missing or no store.</exception>
    public IReadOnlyDictionary<string, int> Merge(string otherPath) => StoreMerge.Into(_file, otherPath);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Keeps one; its id where it is new. Nothing of where it lay or who measured it is kept beside what the learning says. A run that was
    /// learned before there were curves gets its own when it is learned again.
    /// </summary>
    private string? Add(Learning learning, DateTimeOffset at)
    {
        var content = learning.Observation with { From = learning.Observation.From with { File = null, Line = null, By = null } };
        ObservationRules.Check(content);
        var document = ObservationId.Document(content);
        var id = ObservationId.Of(content);
        if (learning.Curve is { } curve && CurveTable.Of(_file, id) is null)
            CurveTable.Add(_file, id, curve);
        if (!_file.AddNew(ObservationTables.Observation, id, document))
            return null;
        _file.AddNew(ObservationTables.Learning, id, EvidenceReader.Text(at), EvidenceReader.Word(learning.Kind), content.Name,
            Path.GetFileName(learning.File), learning.FirstLine, learning.LastLine, learning.By);
        return id;
    }
}
