using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Distributed.Verification;

/// <summary>One configuration checked against one process.</summary>
/// <param name="Spec">What ran on each rank.</param>
/// <param name="Difference">How far it was off, the worst of all ranks.</param>
/// <param name="Moved">Bytes moved in a step.</param>
/// <param name="Theory">Bytes that theory says.</param>
internal sealed record StrategyResult(BurstSpec Spec, StrategyDifference Difference, StepTraffic Moved, StepTraffic Theory)
{
    /// <summary>The tolerance of the spec's precision.</summary>
    public StrategyDifference Tolerance =>
        Spec.Precision == BurstPrecision.Bf16 ? StrategyDifference.ToleranceBf16 : StrategyDifference.ToleranceFp32;

    /// <summary>True when it is equal to rounding and moved exactly what theory says.</summary>
    public bool Right => Difference.Within(Tolerance) && Moved == Theory;

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{Spec.Parallelism,-8} {Spec.Precision,-4} recompute {Spec.Recomputation,-4}  loss {Difference.Loss:0.0e+0}  gradients "
        + $"{Difference.Gradients:0.0e+0}  "
        + $"norm {Difference.GradientNorm:0.0e+0}  parameters {Difference.Parameters:0.0e+0}  "
        + $"moved {Moved.AllReduceBytes}/{Moved.ReduceScatterBytes}/{Moved.AllGatherBytes} bytes"
        + (Moved == Theory ? "" : $" (theory {Theory.AllReduceBytes}/{Theory.ReduceScatterBytes}/{Theory.AllGatherBytes})")
        + (Right ? "  right" : "  WRONG");
}
