using SlmPlanner.Core.Fitting;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Per-step overhead of the software stack.</summary>
internal sealed class FixedTerm : StepTerm
{
    /// <inheritdoc/>
    public override string Key => "fixed";

    /// <inheritdoc/>
    public override string Formula => "`FixedSeconds` · devices^`FixedGrowth`";

    /// <inheritdoc/>
    public override string Source => "logging, clipping, the learning rate, waiting for the slowest rank: fitted alone";

    /// <summary>
    /// The slowest of more ranks is later, which is why it grows; the largest of n like times grows ever more slowly with n.
    /// </summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.FixedSeconds, 3e-3, 1.1, [new(L.Stack, 1.3), new(L.Machine, 1), new(L.MachineScheme, 0.7)]),
        new(C.FixedGrowth, 0.25, 0.33),
    ];

    internal override double Seconds(ref StepContext step) =>
        step[C.FixedSeconds] * Math.Pow(step.Setup.Gpus, step[C.FixedGrowth]);
}
