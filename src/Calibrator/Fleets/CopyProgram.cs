using System.Text.Json.Serialization;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>The program that copies folders to and from places that are no folders, by a table that ships with the program.</summary>
/// <param name="Scheme">How addresses of such places begin; empty for a folder on another machine, <c>user@host:folder</c>.</param>
/// <param name="Command">The program with its fixed arguments.</param>
/// <param name="NamesTarget">True where the copy of a folder must be named; false where it keeps its name.</param>
internal sealed record CopyProgram(string Scheme, IReadOnlyList<string> Command, bool NamesTarget)
{
    private static readonly CopyProgram ToHosts = new("", ["scp", "-q", "-r", "-o", "BatchMode=yes"], NamesTarget: false);

    private static readonly IReadOnlyList<CopyProgram> Known =
        JsonFile.Beside(typeof(CopyProgram), "CopyPrograms.json", CopyProgramJson.Default.CopyProgramFile).Programs;

    /// <summary>How addresses of known buckets begin.</summary>
    public static IEnumerable<string> Schemes => Known.Select(program => program.Scheme);

    /// <summary>The program for a place; null for a folder that is here or shared.</summary>
    public static CopyProgram? For(string place) =>
        Known.FirstOrDefault(program => place.StartsWith(program.Scheme, StringComparison.Ordinal))
        ?? (IsHost(place) ? ToHosts : null);

    /// <summary>True for a folder on another machine as <c>scp</c> names it.</summary>
    private static bool IsHost(string place) =>
        !place.Contains("://", StringComparison.Ordinal) && place.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        && !place[..colon].Contains('/', StringComparison.Ordinal);
}

/// <summary>The table's file.</summary>
/// <param name="Source">Where the commands were read.</param>
/// <param name="Programs">The programs.</param>
internal sealed record CopyProgramFile(string Source, IReadOnlyList<CopyProgram> Programs);

/// <summary>Its contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CopyProgramFile))]
internal sealed partial class CopyProgramJson : JsonSerializerContext;
