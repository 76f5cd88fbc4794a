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
    public override string Formula => "`FixedSeconds`";

    /// <inheritdoc/>
    public override string Source => "logging, clipping, the learning rate: fitted alone";

    /// <inheritdoc/>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
        [new(C.FixedSeconds, 3e-3, 1.2, [new(L.Stack, 1.2), new(L.Machine, 1), new(L.MachineScheme, 0.7)])];

    internal override double Seconds(ref StepContext step) => step[C.FixedSeconds];
}
