using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Store;

/// <summary>An observation to keep, and where it was learned.</summary>
/// <param name="Observation">What was observed.</param>
/// <param name="Kind">What it comes from.</param>
/// <param name="File">The file's name; a folder before it is cut off and not kept. Null where there is none.</param>
/// <param name="FirstLine">The first line that it was read from, from 1.</param>
/// <param name="LastLine">The last.</param>
/// <param name="By">Who learned it, where that shall be kept.</param>
/// <param name="Curve">How the run went; null where that is not known.</param>
public sealed record Learning(
    Observation Observation, EvidenceKind Kind, string? File = null, int? FirstLine = null, int? LastLine = null, string? By = null,
    RunCurve? Curve = null);

/// <summary>What an observation comes from.</summary>
public enum EvidenceKind
{
    /// <summary>The log of a training run.</summary>
    Run,

    /// <summary>A row of a file of measured rows.</summary>
    Row,

    /// <summary>A burst of the calibrator.</summary>
    Burst,
}

/// <summary>An observation as the store keeps it.</summary>
/// <param name="Id">64 hexadecimal digits: the hash of what was observed.</param>
/// <param name="Observation">What was observed, with its name, file and line.</param>
/// <param name="Kind">What it comes from.</param>
/// <param name="At">When it was first learned.</param>
/// <param name="File">The name of the file; null where there was none.</param>
/// <param name="FirstLine">The first line that it was read from, from 1.</param>
/// <param name="LastLine">The last.</param>
/// <param name="By">Who learned it, where that was said.</param>
/// <param name="Dropped">Why it does not count; null where it does.</param>
public sealed record KeptObservation(
    string Id, Observation Observation, EvidenceKind Kind, DateTimeOffset At, string? File, int? FirstLine, int? LastLine, string? By,
    DropMark? Dropped)
{
    /// <summary>Digits of an id that people read and type.</summary>
    public const int ShortIdDigits = 12;

    /// <summary>The beginning of the id, for people.</summary>
    public string ShortId => Id[..ShortIdDigits];

    /// <summary>Whether it counts.</summary>
    public bool Counts => Dropped is null;
}

/// <summary>That an observation was dropped.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why, in the user's words.</param>
/// <param name="By">Who did it, where that was said.</param>
public sealed record DropMark(DateTimeOffset At, string Reason, string? By);
