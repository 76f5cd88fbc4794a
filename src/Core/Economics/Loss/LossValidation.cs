namespace SlmPlanner.Core.Economics.Loss;

/// <summary>Checks a law against published end points, dataset by dataset.</summary>
public static class LossValidation
{
    private const double Confidence = 0.9;

    /// <summary>
    /// One entry per dataset, in the order of first appearance. Other optimizers and rows outside the range are left out.
    /// </summary>
    public static IReadOnlyList<LossError> Errors(ScalingLaw law, IEnumerable<LossEndPoint> rows) =>
        [.. rows.Where(row => row.Optimizer == "adamw" && law.Range.Covers(row.Point))
            .GroupBy(row => row.Dataset)
            .Select(group => Error(law, group.Key, [.. group]))];

    private static LossError Error(ScalingLaw law, string dataset, LossEndPoint[] rows)
    {
        var residuals = rows.Select(row => law.Loss(row.Point.Parameters, row.Point.Tokens) - row.Loss).ToArray();
        var sum = residuals.Sum();
        var raw = residuals.Average(Math.Abs);
        if (rows.Length < 2)
            return new(dataset, rows.Length, raw, sum / rows.Length, null, null, null);
        var heldOut = residuals.Select(residual => Math.Abs(residual - (sum - residual) / (rows.Length - 1))).ToArray();
        return new(
            dataset, rows.Length, raw, sum / rows.Length,
            heldOut.Average(),
            heldOut.Zip(rows, (error, row) => error / row.Loss).Average(),
            heldOut.Zip(rows, (error, row) => error <= Margin(law, row.Point) ? 1.0 : 0).Average());
    }

    private static double Margin(ScalingLaw law, in TrainingPoint point)
    {
        var estimate = law.Extrapolate(point.Parameters, point.Tokens, Confidence);
        return estimate.High - estimate.Mean;
    }
}

/// <summary>How far a law is from the published losses of one dataset and tokenizer.</summary>
/// <param name="Dataset">Corpus, split and tokenizer.</param>
/// <param name="Rows">Rows checked: AdamW runs inside the law's range.</param>
/// <param name="RawNats">Mean absolute error of the law as it is, nats per token.</param>
/// <param name="OffsetNats">Mean of predicted minus published: what the dataset and tokenizer shift.</param>
/// <param name="HeldOutNats">
/// Mean absolute error after a constant offset fitted to the dataset's other rows (leave one out); null below two rows.
/// </param>
/// <param name="HeldOutRelative">The same as a share of the published loss.</param>
/// <param name="Covered">Share of held-out errors inside the law's own 90 % interval; null below two rows.</param>
public sealed record LossError(
    string Dataset, int Rows, double RawNats, double OffsetNats, double? HeldOutNats, double? HeldOutRelative, double? Covered);

/// <summary>A published final loss of one training run.</summary>
/// <param name="Id">Unique name of the row.</param>
/// <param name="Dataset">Corpus, split and tokenizer together: losses compare only within one of these.</param>
/// <param name="Family">The series of runs it belongs to.</param>
/// <param name="Optimizer">Optimizer, lower case; laws fitted with AdamW are checked on <c>adamw</c> rows only.</param>
/// <param name="Point">Size and tokens.</param>
/// <param name="Loss">Loss in nats per token.</param>
/// <param name="Source">Where it was published.</param>
public sealed record LossEndPoint(
    string Id, string Dataset, string Family, string Optimizer, TrainingPoint Point, double Loss, string Source);
