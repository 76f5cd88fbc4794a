using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Repeats;

/// <summary>What other programs, and the host's other guests, took from a burst while it ran.</summary>
/// <param name="OtherShare">Mean share of the machine's cores that they used, 0 to 1; 0 where it was not sampled.</param>
/// <param name="WaitShare">Share of the measured steps' time in which a thread of the burst waited for a core; null where the system does
/// not tell.</param>
internal sealed record Disturbance(double OtherShare, double? WaitShare)
{
    /// <summary>Below this share of the cores a machine counts as quiet: a system's own housekeeping takes about one per cent.</summary>
    public const double QuietShare = 0.02;

    /// <summary>Waits of a step on a quiet machine stay below this share of it.</summary>
    public const double QuietWait = 0.03;

    /// <summary>From this share on a burst is worth measuring again.</summary>
    private const double DisturbingShare = 0.05;

    /// <summary>True when other programs may have changed what was measured.</summary>
    public bool IsDisturbed => Share > DisturbingShare;

    /// <summary>The larger of both shares: how disturbed it is beside others.</summary>
    public double Share => Math.Max(OtherShare, WaitShare ?? 0);

    /// <summary>Reads it off a burst's samples.</summary>
    /// <param name="burst">The burst.</param>
    /// <param name="cores">Cores of the machine, ≥ 1.</param>
    public static Disturbance Of(BurstResult burst, int cores)
    {
        double[] taken = [.. burst.Utilisation.Where(sample => sample.OtherCores is not null)
            .Select(sample => sample.OtherCores!.Value + (sample.StealCores ?? 0))];
        StepSample[] told = [.. burst.Samples.Where(sample => !sample.Warmup && sample.WaitSeconds is not null)];
        return new(
            taken.Length == 0 ? 0 : Math.Min(1, taken.Average() / cores),
            told.Length == 0 ? null : told.Sum(sample => sample.WaitSeconds!.Value) / told.Sum(sample => sample.StepSeconds));
    }
}
