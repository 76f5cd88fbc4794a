using System.Globalization;
using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Economics.Loss;

/// <summary>What a reader of a predicted loss should know.</summary>
public static class LossFindings
{
    /// <summary>Findings on one training point under a law; empty when it is well inside.</summary>
    public static IReadOnlyList<Finding> For(ScalingLaw law, in TrainingPoint point)
    {
        var findings = new List<Finding>();
        if (!law.Range.Covers(point))
            findings.Add(new(Severity.Warning, "loss-outside-range", string.Create(CultureInfo.InvariantCulture,
                $"No expected loss: {law.Name} rests on runs of {law.Range.ParametersMin / 1e6:0} M to {law.Range.ParametersMax / 1e9:0} B parameters and {law.Range.TokensMin / 1e9:0} to {law.Range.TokensMax / 1e9:0} B tokens; this is {point.Parameters / 1e6:0} M on {point.Tokens / 1e9:0.##} B.")));
        else if (point.TokensPerParameter > law.Range.TokensPerParameterMax)
            findings.Add(new(Severity.Hint, "loss-over-trained", string.Create(CultureInfo.InvariantCulture,
                $"{point.TokensPerParameter:0} tokens per parameter is far beyond the {law.Range.TokensPerParameterMax:0} up to which the scaling law is trusted; the real loss may lie above the interval.")));
        return findings;
    }
}
