namespace SlmPlanner.Core.Prediction;

/// <summary>A predicted row of a measurements file; all numbers are null where it can't be predicted.</summary>
/// <param name="Id">The row.</param>
/// <param name="TokensPerSecondPerGpu">Predicted speed.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="StepSeconds">One optimizer step; null where the row leaves its size open.</param>
/// <param name="PeakMemoryGib">Peak memory of one device; null where the row leaves open what it depends on.</param>
/// <param name="FitsProbability">Probability that it fits the device, 0 to 1; null where the row leaves open what it depends on.</param>
/// <param name="Profile">The fit used: <c>published</c>, or a calibrated machine's name.</param>
/// <param name="Stack">The stack as it was understood.</param>
/// <param name="Note">What was filled in or averaged over, or why there is no prediction.</param>
/// <param name="NarrowedMost">The column whose statement would narrow the interval most, or <c>a measured run</c>; null without a
/// prediction.</param>
public sealed record RowPrediction(
    string Id,
    double? TokensPerSecondPerGpu,
    double? Low,
    double? High,
    double? StepSeconds,
    double? PeakMemoryGib,
    double? FitsProbability,
    string? Profile,
    string? Stack,
    string Note,
    string? NarrowedMost = null)
{
    /// <summary>A row without a prediction.</summary>
    public static RowPrediction None(string id, string reason) => new(id, null, null, null, null, null, null, null, null, reason);
}
