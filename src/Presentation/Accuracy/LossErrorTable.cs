using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Accuracy;

/// <summary>How far the scaling law is from published losses, dataset by dataset.</summary>
internal static class LossErrorTable
{
    /// <summary>One row per dataset.</summary>
    /// <param name="law">The law.</param>
    /// <param name="errors">Its errors.</param>
    public static Listing<LossError> Of(ScalingLaw law, IReadOnlyList<LossError> errors) => new(
        "loss", $"Expected loss by {law.Name} against published end points", errors,
        new ListingColumn<LossError>("dataset", "Dataset, split, tokenizer", error => error.Dataset),
        new("rows", "Rows", error => error.Rows, IsNumber: true),
        Nats("raw_nats", "As is, nats", error => error.RawNats),
        new("offset_nats", "Offset, nats", error => error.OffsetNats,
            error => FormattableString.Invariant($"{error.OffsetNats:+0.000;−0.000}"), IsNumber: true),
        Nats("held_out_nats", "Held out, nats", error => error.HeldOutNats),
        Share("held_out_relative", "Held out", error => error.HeldOutRelative),
        Share("coverage", "In 90 % interval", error => error.Covered));

    private static ListingColumn<LossError> Nats(string key, string header, Func<LossError, double?> value) => new(
        key, header, error => value(error), error => value(error) is { } nats ? FormattableString.Invariant($"{nats:0.000}")
        : Readable.Missing, IsNumber: true);

    private static ListingColumn<LossError> Share(string key, string header, Func<LossError, double?> value) => new(
        key, header, error => value(error), error => value(error) is { } share ? Readable.Percent(share) : Readable.Missing,
        IsNumber: true);
}
