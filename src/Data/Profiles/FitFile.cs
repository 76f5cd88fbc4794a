using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of a fitted profile: what <c>slm-calibrate fit</c> writes and every program reads.</summary>
/// <param name="SchemaVersion">Version of this format.</param>
/// <param name="Command">The command line that made it.</param>
/// <param name="Options">The options of the fit.</param>
/// <param name="Converged">Whether it converged.</param>
/// <param name="Scales">Interval widths found by leaving groups out.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Rows">The rows they rest on, for the covariance.</param>
/// <param name="Rejected">Rows not fitted, with reasons.</param>
/// <param name="Device">The calibrated device; null for a fit of published rows over many devices.</param>
/// <param name="Machine">Which machine was calibrated; null for published rows and in files of the first version.</param>
/// <param name="Repeatability">Room for how far repeated calibrations of the machine differ; passed on as it is.</param>
/// <param name="Scatter">How far rows of each set-up scatter, standard deviations of log time; null where no row is of a
/// publication.</param>
public sealed record FitFile(
    int SchemaVersion,
    string Command,
    FitOptions Options,
    bool Converged,
    IntervalScales Scales,
    IReadOnlyList<FittedParameter> Parameters,
    IReadOnlyList<FittedRow> Rows,
    IReadOnlyList<RejectedRow> Rejected,
    Accelerator? Device = null,
    MachineIdentity? Machine = null,
    JsonElement? Repeatability = null,
    IReadOnlyDictionary<string, double>? Scatter = null)
{
    /// <summary>The version written.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The oldest version that is read too: without <c>machine</c>, and one interval factor for all levels.</summary>
    public const int OldestVersion = 1;

    /// <summary>Significant digits kept of fitted numbers: beyond the fit's tolerance, and the file stays small.</summary>
    private const int Digits = 6;

    /// <summary>Prepares a fit for writing.</summary>
    public static FitFile Of(
        FitReport report, Accelerator? device, FitOptions options, string command, MachineIdentity? machine = null) => new(
        CurrentVersion, command, options, report.Model.Converged, report.Model.Scales,
        [.. report.Model.Parameters.Select(parameter => parameter with { Value = Rounded(parameter.Value) })],
        [.. report.Model.Rows.Select(row => row with
        {
            Gradient = [.. row.Gradient.Select(Rounded)],
            Precision = Rounded(row.Precision),
            Residual = Rounded(row.Residual),
            Mfu = row.Mfu is { } mfu ? Rounded(mfu) : null,
        })],
        report.Rejected,
        device,
        machine,
        Scatter: report.Model.Scatter.Count == 0 ? null
            : report.Model.Scatter.OrderBy(setup => setup.Key, StringComparer.Ordinal)
            .ToDictionary(setup => setup.Key, setup => Rounded(setup.Value)));

    /// <summary>Reads a profile.</summary>
    /// <exception cref="InputException">Not a fitted profile of this version.</exception>
    public static FitFile Read(string path) => JsonFile.Read(path, FitJson.Default.FitFile, OldestVersion, CurrentVersion);

    /// <summary>The text to write.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FitJson.Default.FitFile) + "\n";

    /// <summary>The model in it. Coefficients younger than the file had no part in its rows.</summary>
    public FittedModel ToModel() =>
        new(Parameters, [.. Rows.Select(row => row with { Gradient = WithYounger(row.Gradient) })], Scales, Converged)
        {
            Scatter = Scatter ?? new Dictionary<string, double>(),
        };

    private static IReadOnlyList<double> WithYounger(IReadOnlyList<double> gradient) =>
        [.. gradient, .. Enumerable.Repeat(0.0, Math.Max(0, StepTimeEquation.CoefficientCount - gradient.Count))];

    private static double Rounded(double value) =>
        value == 0 || !double.IsFinite(value) ? 0
        : double.Parse(value.ToString($"G{Digits}", System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Strict contract of fitted profiles.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    Converters = [typeof(IntervalScaleJson)],
    WriteIndented = false)]
[JsonSerializable(typeof(FitFile))]
internal sealed partial class FitJson : JsonSerializerContext;
