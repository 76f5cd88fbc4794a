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
