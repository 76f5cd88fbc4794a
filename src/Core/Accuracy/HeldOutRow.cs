using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>A row that was predicted by a fit which had not seen it.</summary>
/// <param name="Workload">The row.</param>
/// <param name="Group">The group left out with it.</param>
/// <param name="Prediction">Our prediction.</param>
/// <param name="NaiveTokensPerSecond">The naive rule's, with its one MFU fitted on the same training rows.</param>
public sealed record HeldOutRow(Workload Workload, string Group, SpeedPrediction Prediction, double NaiveTokensPerSecond)
{
    /// <summary>Measured tokens per second and device.</summary>
    public double Measured => Workload.Observation.TokensPerSecondPerGpu!.Value;

    /// <summary>Predicted over measured, minus 1.</summary>
    public double Error => Prediction.TokensPerSecond / Measured - 1;

    /// <summary>The same for the naive rule.</summary>
    public double NaiveError => NaiveTokensPerSecond / Measured - 1;
}
