using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of <c>fit/priors.json</c>: how the deviations of the priors were chosen, and from what.</summary>
/// <param name="SchemaVersion">Version of the format.</param>
/// <param name="Command">The command that wrote it.</param>
/// <param name="Date">When, <c>yyyy-mm-dd</c>.</param>
/// <param name="Rows">Rows that decided.</param>
/// <param name="LogEvidence">Logarithm of the evidence for the deviations in force, up to a constant.</param>
/// <param name="BestLogEvidence">The same for the best.</param>
/// <param name="Deviations">Each of them.</param>
/// <param name="Nested">What publications are off by that the choice had not seen; null where that was not measured.</param>
public sealed record PriorFile(
    int SchemaVersion, string Command, DateOnly Date, int Rows, double LogEvidence, double BestLogEvidence,
    IReadOnlyList<ChosenDeviation> Deviations, NestedError? Nested = null)
{
    /// <summary>The version this program reads and writes.</summary>
    public const int CurrentVersion = 1;

    private const int EvidenceDigits = 2, DeviationDigits = 4;

    /// <summary>The file of a choice.</summary>
    public static PriorFile Of(PriorReport report, int rows, string command, DateOnly date, NestedError? nested = null) => new(
        CurrentVersion, command, date, rows, Math.Round(report.LogEvidence, EvidenceDigits),
        Math.Round(report.BestLogEvidence, EvidenceDigits),
        [.. report.Deviations.Select(deviation => deviation with
        {
            Believed = Math.Round(deviation.Believed, DeviationDigits), InForce = Math.Round(deviation.InForce, DeviationDigits),
            Best = Math.Round(deviation.Best, DeviationDigits),
        })],
        nested is null ? null : nested with
        {
            MeanError = Math.Round(nested.MeanError, DeviationDigits), MedianError = Math.Round(nested.MedianError, DeviationDigits),
            Coverage = Math.Round(nested.Coverage, DeviationDigits),
        });

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">Missing, malformed or of another version.</exception>
    public static PriorFile Read(string path) => JsonFile.Read(path, PriorJson.Default.PriorFile, CurrentVersion);

    /// <summary>What a deviation is believed to be; null where the file does not have it.</summary>
    public double? Believed(StepCoefficient coefficient, GroupLevel level) =>
        Deviations.FirstOrDefault(deviation => deviation.Coefficient == coefficient && deviation.Level == level)?.Believed;

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PriorJson.Default.PriorFile) + "\n";
}

/// <summary>Strict contract of the choice of priors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PriorFile))]
internal sealed partial class PriorJson : JsonSerializerContext;
