using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Cost;

namespace SlmPlanner.Core.Planning.Sensitivity;

/// <summary>A candidate's run as <see cref="RunModel"/> takes it, read back from what a plan says of the candidate.</summary>
public static class CandidateRun
{
    /// <summary>The run at the candidate's median step time.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="assumptions">What runs do besides their steps.</param>
    /// <param name="billing">How its provider counts time without a commitment.</param>
    public static RunDemand Demand(Candidate candidate, RunAssumptions assumptions, BillingRule billing) => new()
    {
        StepSeconds = candidate.StepTimeSeconds,
        Steps = candidate.Tokens / candidate.TokensPerStep,
        Nodes = candidate.Nodes,
        UsdPerHour = candidate.UsdPerHour,
        StorageUsdPerHour = candidate.StorageUsdPerHour,
        EgressUsd = candidate.EgressUsd,
        Checkpoint = assumptions.CheckpointOf(candidate.ModelParameters),
        Spot = candidate.Spot,
        Compile = candidate.Compile,
        Billing = billing.WithTerm(candidate.TermMonths),
    };

    /// <summary>Standard deviation of the logarithm of the step time, from the width of the interval of tokens per second.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="confidence">Coverage of its intervals.</param>
    public static double LogSpread(Candidate candidate, double confidence) =>
        Math.Log(candidate.TokensPerSecondHigh / candidate.TokensPerSecondLow) / (2 * Normal.InvCDF(0, 1, 0.5 + confidence / 2));
}
