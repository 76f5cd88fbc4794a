using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Machine;

/// <summary>
/// Another machine of the same kind, with what was measured on it. Machines of a kind are draws of one device: each is faster or slower
/// than the others by a factor of its own, and single configurations differ by little more. So its measurements tell about this machine
/// too, once they are put to this machine's speed.
/// </summary>
/// <param name="Name">The machine.</param>
/// <param name="Bursts">Its measured bursts.</param>
/// <param name="Model">Their fit alone.</param>
internal sealed record Sibling(string Name, IReadOnlyList<BurstResult> Bursts, MachineModel Model)
{
    /// <summary>
    /// Standard deviations of logarithms, by judgement until fleets say more: of a machine's speed about that of its kind (two virtual
    /// machines of one kind differed by 13 % and by 5 % in their micro-benchmarks), and of one configuration beyond it.
    /// </summary>
    private const double SpeedDeviation = 0.1, ConfigurationDeviation = 0.05;

    /// <summary>Fits the sibling.</summary>
    /// <param name="device">This machine, to whose rates coefficients are relative.</param>
    /// <param name="name">The sibling's name.</param>
    /// <param name="bursts">Its bursts; those without a step time are passed over.</param>
    public static Sibling Of(Accelerator device, string name, IEnumerable<BurstResult> bursts)
    {
        BurstResult[] measured = [.. bursts.Where(burst => burst.StepTimeS is not null)];
        return new(name, measured, MachineModel.Fit(device, measured));
    }

    /// <summary>
    /// How much longer steps take on this machine than on the sibling, as a logarithm with its standard error: the mean over this machine's
    /// own bursts, drawn to 0 by what machines of a kind usually differ by.
    /// </summary>
    /// <param name="own">This machine's bursts.</param>
    /// <param name="pace">Its pace.</param>
    /// <param name="noise">Standard deviation of the logarithm of a measured step about a model.</param>
    public (double Mean, double Error) Slower(IReadOnlyList<BurstResult> own, MachinePace pace, double noise)
    {
        var (sum, precision) = (0.0, 1 / (SpeedDeviation * SpeedDeviation));
        foreach (var burst in own)
        {
            var weight = 1 / (noise * noise + burst.StepTimeS!.LogError * burst.StepTimeS.LogError);
            sum += weight * Math.Log(burst.StepTimeS.Median / pace.Slowdown(burst) / Model.StepSeconds(burst.Spec));
            precision += weight;
        }
        return (sum / precision, Math.Sqrt(1 / precision));
    }

    /// <summary>Its bursts as this machine would show them, less certain than they were there.</summary>
    /// <param name="slower">See <see cref="Slower"/>.</param>
    public IEnumerable<BurstResult> As((double Mean, double Error) slower)
    {
        var factor = Math.Exp(slower.Mean);
        return Bursts.Select(burst =>
        {
            var step = burst.StepTimeS!;
            var error = Math.Sqrt(step.LogError * step.LogError + ConfigurationDeviation * ConfigurationDeviation
                + slower.Error * slower.Error);
            return burst with
            {
                StepTimeS = (step with { Median = factor * step.Median }).WithLogError(error),
                TokensPerS = burst.TokensPerS / factor,
                ReferenceSeconds = burst.ReferenceSeconds,
                Samples = [],
            };
        });
    }
}
