using System.Text.Json;
using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Store;

/// <summary>
/// The curves of learned runs: <c>points</c> is a JSON object of columns, <c>step</c>, <c>tokens</c>, <c>step_seconds</c> and
/// <c>loss</c>, as <see cref="RunCurve"/> explains them. An observation that several logs told may have several; the longest counts.
/// </summary>
internal static class CurveTable
{
    /// <summary>The table.</summary>
    public static StoreTable Table { get; } = new("curve", "observation", "points");

    /// <summary>Makes it.</summary>
    public static void Make(StoreFile file) => file.Execute("""
        CREATE TABLE curve (hash TEXT PRIMARY KEY, observation TEXT NOT NULL, points TEXT NOT NULL);
        CREATE INDEX curve_observation ON curve(observation);
        """);

    /// <summary>Adds the curve of an observation.</summary>
    public static void Add(StoreFile file, string id, RunCurve curve) => file.AddNew(Table, id, JsonSerializer.Serialize(new CurveColumns(
        [.. curve.Points.Select(point => point.Step)], [.. curve.Points.Select(point => point.Tokens)],
        [.. curve.Points.Select(point => point.StepSeconds)], [.. curve.Points.Select(point => point.Loss)]),
        CurveJson.Default.CurveColumns));

    /// <summary>The curve of an observation; null where none was kept.</summary>
    /// <exception cref="InputException">It can't be read.</exception>
    public static RunCurve? Of(StoreFile file, string id)
    {
        var curves = file.Rows("SELECT points FROM curve WHERE observation = $0 ORDER BY length(points) DESC, hash LIMIT 1", id);
        return curves.FirstOrDefault() is [string points] ? Parse(file.Path, id, points) : null;
    }

    private static RunCurve Parse(string path, string id, string points)
    {
        try
        {
            var columns = JsonSerializer.Deserialize(points, CurveJson.Default.CurveColumns);
            if (columns is not { Step: { } steps, Tokens: { } tokens, StepSeconds: { } seconds, Loss: { } losses }
                || tokens.Count != steps.Count || seconds.Count != steps.Count || losses.Count != steps.Count)
                throw new JsonException("its columns differ in length");
            return new([.. steps.Select((step, row) => new CurvePoint(step, tokens[row], seconds[row], losses[row]))]);
        }
        catch (JsonException exception)
        {
            throw new InputException(
                $"{path}: the curve of observation {id[..KeptObservation.ShortIdDigits]} can't be read: {exception.Message}", exception);
        }
    }
}

/// <summary>A curve by columns.</summary>
internal sealed record CurveColumns(
    IReadOnlyList<int> Step, IReadOnlyList<double?> Tokens, IReadOnlyList<double?> StepSeconds, IReadOnlyList<double?> Loss);

/// <summary>The form of a curve in the store.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CurveColumns))]
internal sealed partial class CurveJson : JsonSerializerContext;
