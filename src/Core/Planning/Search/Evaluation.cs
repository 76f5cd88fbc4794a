using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>One setup predicted on one platform, price aside.</summary>
/// <param name="Setup">The setup; it fits the device.</param>
/// <param name="StepSeconds">Seconds of one optimizer step, the median.</param>
/// <param name="LogSpread">Standard deviation of the logarithm of the step time.</param>
/// <param name="MemoryBytes">Peak memory of one device.</param>
public readonly record struct Evaluation(TrainingSetup Setup, double StepSeconds, double LogSpread, double MemoryBytes)
{
    /// <summary>Seconds per trained token, over all devices together.</summary>
    public double SecondsPerToken => StepSeconds / Setup.TokensPerStep;

    /// <summary>Optimizer steps that train on <paramref name="tokens"/>; not rounded, so that more tokens are never faster.</summary>
    public double Steps(double tokens) => tokens / Setup.TokensPerStep;
}

/// <summary>A setup with the time and money of the whole run on one offer.</summary>
/// <param name="Evaluation">The setup and its prediction.</param>
/// <param name="Ordinal">Place among the setups of its platform and node count; smaller is simpler.</param>
/// <param name="Hours">Expected duration of the run
/// (<see cref="Economics.Cost.RunModel.Expect(in Economics.Cost.RunDemand, double)"/>).</param>
/// <param name="CostUsd">Its expected cost.</param>
/// <param name="LimitHours">Duration that is not exceeded with the asked confidence.</param>
/// <param name="LimitCostUsd">Cost that is not exceeded with the asked confidence.</param>
public readonly record struct Priced(
    Evaluation Evaluation, int Ordinal, double Hours, double CostUsd, double LimitHours, double LimitCostUsd);
