using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of <c>fit/memory.json</c>: what the memory fit found, from what, and how good it is.</summary>
/// <param name="SchemaVersion">Version of the format.</param>
/// <param name="Command">The command that wrote it.</param>
/// <param name="Date">When, <c>yyyy-mm-dd</c>.</param>
/// <param name="Fitted">Constants, spreads and mixture.</param>
/// <param name="Accuracy">Errors on sources left out.</param>
/// <param name="Rows">Names of the rows used.</param>
public sealed record MemoryFitFile(
    int SchemaVersion, string Command, DateOnly Date, FittedMemory Fitted,
    IReadOnlyList<MemoryAccuracy> Accuracy, IReadOnlyList<string> Rows)
{
    /// <summary>
    /// The version that is written. Since 2 <c>backward_share</c> is a multiple of gradients that kernels hold, before it was a share of a
    /// block's activations.
    /// </summary>
    public const int CurrentVersion = 2;

    /// <summary>The oldest version that is read too.</summary>
    private const int OldestVersion = 1;

    /// <summary>Errors of a publication's other peaks with its first ones learned.</summary>
    public IReadOnlyList<LearnedAccuracy> Learned { get; init; } = [];

    /// <summary>The file of a fit.</summary>
    /// <param name="report">The fit.</param>
    /// <param name="command">The command that asked for it.</param>
    /// <param name="date">Today.</param>
    public static MemoryFitFile Of(MemoryFitReport report, string command, DateOnly date) => new(
        CurrentVersion, command, date, Rounded(report.Fitted), [Rounded(report.Named), Rounded(report.Unnamed)],
        [.. report.Rows.Select(row => row.Id)])
    {
        Learned = [.. report.Learned.Select(Rounded)],
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">Missing, malformed, of another version or out of range.</exception>
    public static MemoryFitFile Read(string path)
    {
        var file = Current(JsonFile.Read(path, MemoryFitJson.Default.MemoryFitFile, OldestVersion, CurrentVersion));
        Check(path, "known_stack_log_spread", file.Fitted.KnownStackLogSpread, 0, 2);
        Check(path, "unknown_stack_log_spread", file.Fitted.UnknownStackLogSpread, 0, 2);
        if (file.Fitted.Mixture.Count > 0)
            Check(path, "the sum of the mixture's weights", file.Fitted.Mixture.Sum(stack => stack.Weight), 0.999, 1.001);
        return file;
    }

    /// <summary>A file of the first version has what is documented in place of a number that meant something else.</summary>
    private static MemoryFitFile Current(MemoryFitFile file) => file.SchemaVersion > 1 ? file : file with
    {
        Fitted = file.Fitted with
        {
            Constants = file.Fitted.Constants with { BackwardShare = MemoryConstants.Documented.BackwardShare },
        },
    };

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MemoryFitJson.Default.MemoryFitFile) + "\n";

    private static void Check(string path, string field, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw new InputException(FormattableString.Invariant($"{path}: {field} is {value}, allowed {least} to {most}"));
    }

    private static FittedMemory Rounded(FittedMemory fitted) => new(
        new(Math.Round(fitted.Constants.ContextBytes), Math.Round(fitted.Constants.CollectiveBytes), Math.Round(fitted.Constants.Slack, 4),
            Math.Round(fitted.Constants.CompiledLogitBytes, 3), Math.Round(fitted.Constants.PointwiseGeluTensors, 3),
            Math.Round(fitted.Constants.BackwardShare, 3)),
        Math.Round(fitted.KnownStackLogSpread, 4),
        Math.Round(fitted.UnknownStackLogSpread, 4),
        [.. fitted.Mixture.Select(stack => new StackWeight(
            stack.Stack, Math.Round(stack.Weight, 4), Math.Round(stack.OneDevice, 4), Math.Round(stack.Replicated, 4),
            Math.Round(stack.ShardedStates, 4), Math.Round(stack.FullySharded, 4), Math.Round(stack.Gated, 4)))],
        fitted.RunnableShare,
        Math.Round(fitted.SharedShare, 3),
        Math.Round(fitted.UnknownSharedShare, 3));

    private static LearnedAccuracy Rounded(LearnedAccuracy learned) => learned with
    {
        MeanError = Math.Round(learned.MeanError, 4),
        MedianError = Math.Round(learned.MedianError, 4),
        Coverage = Math.Round(learned.Coverage, 4),
        MeanErrorWithout = Math.Round(learned.MeanErrorWithout, 4),
        MedianErrorWithout = Math.Round(learned.MedianErrorWithout, 4),
    };

    private static MemoryAccuracy Rounded(MemoryAccuracy accuracy) => accuracy with
    {
        MeanPeakError = Math.Round(accuracy.MeanPeakError, 4),
        SureShare = Math.Round(accuracy.SureShare, 4),
        SureRight = Math.Round(accuracy.SureRight, 4),
        Brier = Math.Round(accuracy.Brier, 4),
        MedianPeakError = Math.Round(accuracy.MedianPeakError, 4),
        LimitError = Math.Round(accuracy.LimitError, 4),
        LimitHalfStep = Math.Round(accuracy.LimitHalfStep, 4),
        LimitOutside = Math.Round(accuracy.LimitOutside, 4),
        Reliability = [.. accuracy.Reliability.Select(word =>
            word with { Predicted = Math.Round(word.Predicted, 3), Ran = Math.Round(word.Ran, 3) })],
    };
}

/// <summary>Strict contract of the memory fit.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MemoryFitFile))]
internal sealed partial class MemoryFitJson : JsonSerializerContext;
