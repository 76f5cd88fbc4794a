namespace SlmPlanner.Core.Performance;

/// <summary>
/// The terms of one optimizer step on one rank, in seconds. They add up to the step:
/// accumulation × (forward + backward) + exposed communication + optimizer + fixed overhead.
/// Host launch time that the device's work hides is not in <see cref="LaunchSeconds"/>: the term holds the excess only.
/// </summary>
/// <param name="MatmulSeconds">Matrix multiplies of the blocks, forward and backward.</param>
/// <param name="LogitsSeconds">The output head and the loss over the vocabulary.</param>
/// <param name="AttentionSeconds">Scores, softmax and weighted values.</param>
/// <param name="MemoryBoundSeconds">Norms, activations, residuals, rotary: bytes over bandwidth.</param>
/// <param name="RecomputeSeconds">Forward work done again in the backward pass.</param>
/// <param name="LaunchSeconds">What kernel launches add where the host can't keep up.</param>
/// <param name="OptimizerSeconds">The optimizer's update.</param>
/// <param name="CommunicationSeconds">Communication that computation does not hide.</param>
/// <param name="FixedSeconds">Per-step overhead of the software stack.</param>
public readonly record struct StepTime(
    double MatmulSeconds,
    double LogitsSeconds,
    double AttentionSeconds,
    double MemoryBoundSeconds,
    double RecomputeSeconds,
    double LaunchSeconds,
    double OptimizerSeconds,
    double CommunicationSeconds,
    double FixedSeconds)
{
    /// <summary>The whole step.</summary>
    public double TotalSeconds =>
        MatmulSeconds + LogitsSeconds + AttentionSeconds + MemoryBoundSeconds + RecomputeSeconds
        + LaunchSeconds + OptimizerSeconds + CommunicationSeconds + FixedSeconds;
}
