using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Economics.Loss;

/// <summary>A training point that no run behind the law comes near, so that no loss is predicted.</summary>
/// <param name="Law">The law's name.</param>
/// <param name="Range">Where it holds.</param>
/// <param name="Point">The point.</param>
public sealed record LossOutsideRange(string Law, ValidRange Range, TrainingPoint Point) : Finding(Severity.Warning, "loss-outside-range");

/// <summary>A model trained on far more tokens per parameter than the runs behind the law.</summary>
/// <param name="TokensPerParameter">Of the run.</param>
/// <param name="Trusted">Up to which the law is trusted.</param>
public sealed record LossOverTrained(double TokensPerParameter, double Trusted) : Finding(Severity.Hint, "loss-over-trained");

/// <summary>What a reader of a predicted loss should know.</summary>
internal static class LossFindings
{
    /// <summary>Findings on one training point under a law; empty when it is well inside.</summary>
    public static IReadOnlyList<Finding> For(ScalingLaw law, in TrainingPoint point) =>
        !law.Range.Covers(point) ? [new LossOutsideRange(law.Name, law.Range, point)]
        : point.TokensPerParameter > law.Range.TokensPerParameterMax
            ? [new LossOverTrained(point.TokensPerParameter, law.Range.TokensPerParameterMax)]
        : [];
}
