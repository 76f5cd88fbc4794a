using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>One training run on rented machines, as far as its length and cost depend on it.</summary>
public readonly record struct RunDemand
{
    /// <summary>Seconds of one optimizer step, &gt; 0: the median of what is predicted.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Optimizer steps, ≥ 1.</summary>
    public required double Steps { get; init; }

    /// <summary>Machines, ≥ 1; the run stops when any of them does.</summary>
    public required int Nodes { get; init; }

    /// <summary>USD per hour for all machines together.</summary>
    public required double UsdPerHour { get; init; }

    /// <summary>USD per hour of wall-clock time for data and checkpoints stored, 0 where storage has no price.</summary>
    public double StorageUsdPerHour { get; init; }

    /// <summary>USD for taking the final checkpoint away, 0 where egress has no price.</summary>
    public double EgressUsd { get; init; }

    /// <summary>What a checkpoint writes; see <see cref="RunAssumptions.CheckpointBytesPerParameter"/>.</summary>
    public required Bytes Checkpoint { get; init; }

    /// <summary>True when the machines can be taken away.</summary>
    public bool Spot { get; init; }

    /// <summary>True when the model is compiled before it trains.</summary>
    public bool Compile { get; init; }

    /// <summary>How the provider counts time.</summary>
    public BillingRule Billing { get; init; }

    /// <summary>The bill: machines by the provider's rule, storage by wall-clock time, egress once. USD.</summary>
    /// <param name="billedSeconds">Time on the machines' bill, before rounding.</param>
    /// <param name="wallSeconds">Time from the order of machines to the last step.</param>
    public double CostUsd(double billedSeconds, double wallSeconds) =>
        (UsdPerHour * Billing.Billed(billedSeconds) + StorageUsdPerHour * wallSeconds) / 3600 + EgressUsd;
}

/// <summary>A run whose step time is known up to a log-normal factor, one for the whole run.</summary>
/// <param name="Demand">The run at its median step time.</param>
/// <param name="LogSpread">Standard deviation of the logarithm of the step time, ≥ 0.</param>
internal readonly record struct UncertainRun(RunDemand Demand, double LogSpread);
