using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Findings;
using SlmPlanner.Data.Json;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>How a probe of a fleet ended.</summary>
internal enum ResultState
{
    /// <summary>Measured, and its bursts agree with themselves.</summary>
    Good,

    /// <summary>Measured, but many of its bursts were disturbed.</summary>
    Noisy,

    /// <summary>It ran and measured nothing.</summary>
    Failed,

    /// <summary>Its files are not those that it uploaded.</summary>
    Damaged,

    /// <summary>Nothing came back.</summary>
    Missing,
}

/// <summary>One folder that a probe uploaded.</summary>
/// <param name="Probe">Name of the probe.</param>
/// <param name="State">How it ended.</param>
/// <param name="Reason">What is wrong with it; null when nothing is.</param>
/// <param name="Lines">Its measurements; empty without.</param>
/// <param name="Folder">Where it lies; null where nothing came back.</param>
internal sealed record CollectedResult(
    string Probe, ResultState State, string? Reason, IReadOnlyList<MeasurementLine> Lines, string? Folder)
{
    /// <summary>The file by which a folder is known as a result.</summary>
    public const string FileName = "result.json";

    private const string Sums = "SHA256SUMS";

    /// <summary>Share of disturbed bursts from which on a result is called noisy.</summary>
    private const double ManyNoisy = 0.25;

    /// <summary>True where there are bursts to keep.</summary>
    public bool IsUsable => State is ResultState.Good or ResultState.Noisy;

    /// <summary>A probe of which nothing came back.</summary>
    public static CollectedResult MissingOf(string probe) => new(probe, ResultState.Missing, "nothing was uploaded", [], null);

    /// <summary>Reads a folder.</summary>
    public static CollectedResult Read(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        ProbeEnding ending;
        try
        {
            ending = JsonFile.Read(Path.Combine(folder, FileName), ProbeEndingJson.Default.ProbeEnding, FormatVersion.OfDataFiles);
        }
        catch (InputException exception)
        {
            return new(name, ResultState.Damaged, exception.Message, [], folder);
        }
        if (Mismatch(folder) is { } file)
            return new(ending.Probe, ResultState.Damaged, $"{file} is not what was uploaded", [], folder);
        var measurements = Path.Combine(folder, "measurements.jsonl");
        if (!File.Exists(measurements))
            return new(ending.Probe, ResultState.Failed, $"no measurements, exit code {ending.ExitCode}: see log.txt", [], folder);
        var (lines, _) = MeasurementLog.Read(measurements);
        BurstResult[] bursts = [.. lines.Select(line => line.Burst).OfType<BurstResult>().Where(burst => burst.Status == BurstStatus.Ok)];
        if (bursts.Length == 0)
            return new(ending.Probe, ResultState.Failed, $"no burst was measured, exit code {ending.ExitCode}: see log.txt", lines, folder);
        var noisy = bursts.Count(burst => burst.Findings.Any(finding => finding.Severity != Severity.Hint));
        return noisy > ManyNoisy * bursts.Length
            ? new(ending.Probe, ResultState.Noisy, $"{noisy} of {bursts.Length} bursts were disturbed", lines, folder)
            : new(ending.Probe, ResultState.Good, null, lines, folder);
    }

    /// <summary>The first file whose content is not that which the machine signed; null when all are.</summary>
    private static string? Mismatch(string folder)
    {
        var list = Path.Combine(folder, Sums);
        if (!File.Exists(list))
            return Sums;
        foreach (var line in File.ReadLines(list))
        {
            var parts = line.Split("  ", 2);
            if (parts.Length != 2 || Path.GetFileName(parts[1]) != parts[1])
                return Sums;
            var file = Path.Combine(folder, parts[1]);
            if (!File.Exists(file) || !string.Equals(Hash(file), parts[0], StringComparison.OrdinalIgnoreCase))
                return parts[1];
        }
        return null;
    }

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>What a probe says of its own end: <c>result.json</c>.</summary>
/// <param name="SchemaVersion">Version of the format.</param>
/// <param name="Fleet">The fleet.</param>
/// <param name="Probe">The probe.</param>
/// <param name="ExitCode">Of the calibrator.</param>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended.</param>
internal sealed record ProbeEnding(int SchemaVersion, string Fleet, string Probe, int ExitCode, DateTimeOffset Started,
    DateTimeOffset Ended);

/// <summary>The contract of <c>result.json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProbeEnding))]
internal sealed partial class ProbeEndingJson : JsonSerializerContext;
