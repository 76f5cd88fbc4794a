using SlmPlanner.Core.Planning.Sweeps;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Sweeps;

/// <summary>Tokens per dollar of the best plan against what a sweep goes over; one line per value of a second axis.</summary>
internal static class SweepChart
{
    /// <summary>The chart, or null when no point has a candidate.</summary>
    /// <param name="axes">What was swept.</param>
    /// <param name="rows">The points.</param>
    public static Chart? Of(IReadOnlyList<SweepAxis> axes, IReadOnlyList<SweepRow> rows)
    {
        var known = rows.Where(row => row.Best is not null).ToList();
        if (known.Count == 0)
            return null;
        var lines = known.GroupBy(row => axes.Count > 1 ? row.Steps[1].Label : axes[0].Name).ToList();
        var best = known.MaxBy(row => row.Best!.TokensPerUsd)!;
        return new XyChart
        {
            Name = "sweep",
            Title = $"Tokens per dollar of the best plan against {AxisWords(axes[0])}",
            Caption = $"Most tokens per dollar, {Readable.Count(best.Best!.TokensPerUsd)}, at "
                + $"{string.Join(" and ", axes.Zip(best.Steps, (axis, step) => $"{axis.Name} {step.Label}"))}: "
                + $"{CandidateText.Devices(best.Best)}, {CandidateText.Place(best.Best)}.",
            X = new(AxisWords(axes[0]), AxisScale.Log, Readable.Count),
            Y = new("tokens per USD", AxisScale.FromZero, Readable.Count),
            Series = [.. lines.Select((line, index) => new XySeries(line.Key, [.. line.Select(Place)], Palette.Of(index)))],
            Labels = axes.Count > 1
                ? [.. lines.Select((line, index) =>
                    new PointLabel(Place(line.Last()), $"{axes[1].Name} {line.Key}", Palette.TextOf(index)) { IsLineEnd = true })]
                : [new(Place(best), CandidateText.Devices(best.Best), Palette.TextOf(0), IsBold: true)],
        };
    }

    /// <summary>What an axis holds, with its unit.</summary>
    private static string AxisWords(SweepAxis axis) => axis.Key switch
    {
        "price_factor" => "price over today's",
        "mfu_factor" => "utilisation over the predicted",
        "budget_usd" => "budget, USD",
        "deadline_h" => "deadline, hours",
        "global_batch_tokens" => "global batch, tokens",
        "seq_len" => "sequence length, tokens",
        "gpus" => "GPUs",
        "micro_batch" => "micro-batch, sequences",
        _ => axis.Key.Replace('_', ' '),
    };

    private static XyPoint Place(SweepRow row) => new(row.Steps[0].Value, row.Best!.TokensPerUsd);
}
