using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Machine;

/// <summary>
/// The two numbers of the memory model that only the machine knows: what libraries allocate when training starts, and what the
/// allocator holds beyond live tensors. Both by least squares on relative errors of measured peaks, neither below 0.
/// </summary>
internal static class MachineMemoryFit
{
    private const int FewestPeaks = 4;
    private const double MostSlack = 0.25;

    /// <summary>The memory of a machine by the peaks of its bursts; with fewer than four peaks both numbers stay 0.</summary>
    public static MachineMemory Of(IReadOnlyList<BurstResult> bursts)
    {
        var nothing = MachineSpec.BurstMemory;
        (double Missing, double Moving, double Weight)[] peaks =
        [
            .. bursts.Where(burst => burst.PeakMemoryBytes is > 0 && !KeepsPieces(burst.Spec)).Select(burst =>
            {
                var (parts, peak) = (nothing.Of(burst.Spec.Shape).Predict(burst.Spec.Setup(burst.Ranks, burst.RanksPerHost)),
                    burst.PeakMemoryBytes!.Value);
                return (peak - parts.Total.Count, parts.Activations.Count + parts.Logits.Count + parts.Communication.Count,
                    1 / (peak * peak));
            }),
        ];
        if (peaks.Length < FewestPeaks)
            return nothing;
        var (context, slack) = Solve(peaks);
        if (slack < 0 || slack > MostSlack)
        {
            slack = Math.Clamp(slack, 0, MostSlack);
            context = peaks.Sum(peak => peak.Weight * (peak.Missing - slack * peak.Moving)) / peaks.Sum(peak => peak.Weight);
        }
        return nothing with { Constants = nothing.Constants with { ContextBytes = Math.Max(0, context), Slack = slack } };
    }

    /// <summary>Pieces of a window keep keys several times, which no plan's kernel does: such a peak tells nothing.</summary>
    private static bool KeepsPieces(BurstSpec spec) => spec.Windows is not null && spec.Attention == AttentionKind.Flash;

    /// <summary>The normal equations of missing = context + slack · moving.</summary>
    private static (double Context, double Slack) Solve((double Missing, double Moving, double Weight)[] peaks)
    {
        double one = 0, x = 0, xx = 0, y = 0, xy = 0;
        foreach (var (missing, moving, weight) in peaks)
        {
            one += weight;
            x += weight * moving;
            xx += weight * moving * moving;
            y += weight * missing;
            xy += weight * moving * missing;
        }
        var determinant = one * xx - x * x;
        return determinant <= 0 ? (y / one, 0) : ((xx * y - x * xy) / determinant, (one * xy - x * y) / determinant);
    }
}
