using System.Globalization;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Store;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Listings;

/// <summary>The tables of <c>slm-plan evidence</c>.</summary>
internal static class EvidenceListings
{
    /// <summary>Every observation on a line.</summary>
    public static Listing<KeptObservation> All(IReadOnlyList<KeptObservation> kept) => new(
        "observations", "Evidence", kept,
        new ListingColumn<KeptObservation>("id", "Id", row => row.Id, row => row.ShortId),
        new("at", "Learned", row => Time(row.At), row => row.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
        new("kind", "Kind", row => Word(row.Kind)),
        new("name", "Name", row => row.Observation.Name),
        new("model", "Model", row => row.Observation.Model.Name),
        new("stack", "Stack", row => row.Observation.Stack.Name),
        new("gpu", "GPU", row => row.Observation.Machine.Gpu),
        new("n_gpus", "GPUs", row => row.Observation.Machine.Gpus, IsNumber: true),
        new("tokens_per_s_per_gpu", "Tokens/s per GPU", row => row.Observation.TokensPerSecondPerGpu,
            row => row.Observation.TokensPerSecondPerGpu is { } speed ? Readable.Whole(speed) : Readable.Missing, IsNumber: true),
        new("peak_memory_gib", "Peak GiB", row => row.Observation.Memory?.PeakGib, IsNumber: true),
        new("file", "File", row => row.File),
        new("dropped", "Dropped", row => row.Dropped?.Reason));

    /// <summary>One observation, field by field.</summary>
    public static Listing<(string Field, object? Value)> One(KeptObservation kept) => new(
        "observation", $"Observation {kept.ShortId}", [.. Fields(kept)],
        new ListingColumn<(string Field, object? Value)>("field", "Field", field => field.Field),
        new("value", "Value", field => field.Value));

    /// <summary>The curve of a run, moment by moment.</summary>
    public static Listing<CurvePoint> Curve(KeptObservation kept, RunCurve curve) => new(
        "curve", $"Curve of {kept.ShortId}", curve.Points,
        new ListingColumn<CurvePoint>("step", "Step", point => point.Step, IsNumber: true),
        new("tokens", "Tokens", point => point.Tokens, IsNumber: true),
        new("step_time_s", "Step, s", point => point.StepSeconds, IsNumber: true),
        new("loss", "Loss", point => point.Loss, IsNumber: true));

    private static IEnumerable<(string Field, object? Value)> Fields(KeptObservation kept) =>
        from field in new (string Field, object? Value)[]
        {
            ("id", kept.Id), ("kind", Word(kept.Kind)), ("learned", Time(kept.At)), ("file", kept.File), ("lines", Lines(kept)),
            ("by", kept.By),
            ("dropped", kept.Dropped is { } mark ? $"{Time(mark.At)}: {mark.Reason}" : null), ("dropped_by", kept.Dropped?.By),
        }.Concat(ObservationFields.Of(kept.Observation).Select(field => (field.Field, Value: (object?)field.Value)))
        where field.Value is not null
        select field;

    private static string? Lines(KeptObservation kept) => kept.FirstLine is not { } first ? null
        : kept.LastLine is { } last && last != first ? $"{first}-{last}" : $"{first}";

    private static string Word(EvidenceKind kind) => kind.ToString().ToLowerInvariant();

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
