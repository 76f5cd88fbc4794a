namespace SlmPlanner.Core.Economics.Loss;

/// <summary>
/// How well the two forms of a law foretell runs that are unlike those of their fit: both are fitted to some end points of a corpus and
/// predict the rest of it, offset and all.
/// </summary>
public static class LossExtrapolation
{
    /// <summary>The errors, split by split.</summary>
    /// <param name="prior">The published law whose constants are the priors' centres.</param>
    /// <param name="rows">End points of one corpus and tokenizer.</param>
    public static IReadOnlyList<ExtrapolationError> Errors(ScalingLaw prior, IReadOnlyList<LossEndPoint> rows)
    {
        LossEndPoint[] used = [.. rows.Where(row => row.Optimizer == "adamw" && prior.Range.Covers(row.Point))];
        return
        [
            Error("models above 1.5B parameters", used, row => row.Point.Parameters > 1.5e9),
            Error("models from 1.3B parameters", used, row => row.Point.Parameters >= 1.3e9),
            Error("models below 0.4B parameters", used, row => row.Point.Parameters < 0.4e9),
            Error("runs above 60B tokens", used, row => row.Point.Tokens > 60e9),
            .. used.Select(row => row.Family).Distinct().Select(family => Error($"the series {family}", used, row => row.Family == family)),
        ];

        ExtrapolationError Error(string what, LossEndPoint[] all, Func<LossEndPoint, bool> isHeldBack)
        {
            LossEndPoint[] kept = [.. all.Where(row => !isHeldBack(row))], held = [.. all.Where(isHeldBack)];
            return new(what, held.Length, Mean(SkalingFit.Of(prior, kept, isJoint: false), held),
                Mean(SkalingFit.Of(prior, kept, isJoint: true), held));
        }
    }

    private static double Mean(ScalingLaw law, LossEndPoint[] rows) =>
        rows.Average(row => Math.Abs(law.Loss(row.Point.Parameters, row.Point.Tokens) / row.Loss - 1));
}

/// <summary>The errors of one split.</summary>
/// <param name="HeldBack">Which rows were predicted.</param>
/// <param name="Rows">How many.</param>
/// <param name="Separate">Mean absolute error of the form with k = 1, as a share of the loss.</param>
/// <param name="Joint">The same with k fitted.</param>
public sealed record ExtrapolationError(string HeldBack, int Rows, double Separate, double Joint);
