using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Numerics;
using C = SlmPlanner.Core.Time.StepCoefficient;
using L = SlmPlanner.Core.Time.GroupLevel;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>Communication that computation does not hide.</summary>
internal sealed class CommunicationTerm : StepTerm
{
    private const double HideableShare = 0.9, BackwardShare = 0.6;

    /// <inheritdoc/>
    public override string Key => "communication";

    /// <inheritdoc/>
    public override string Formula =>
        "g · shown(`GatherTraffic` · calls of a micro-batch, 0.9·micro-batch) + shown(calls of a step, 0.54·micro-batch); shown(t, w) = "
        + "what exceeds w, "
        + "and of the rest 1/(1 + `Overlap`); calls by ring, tree or in the switch at `IntraNodeInverseEfficiency`, "
        + "`InterNodeInverseEfficiency`·(nodes from a group's first rank to its last)^`Congestion`, "
        + "`CollectiveLatencySeconds` to start and `RingHopSeconds` a hop; on a calibrated machine by its measured link";

    /// <inheritdoc/>
    public override string Source => "volumes Rajbhandari et al. 2020, 7; algorithms NCCL's tuner as ported in "
        + "meta-pytorch/autoparallel; hiding Li et al. 2020, Zhao et al. 2023";

    /// <summary>The link of a calibrated machine is measured, not promised: collectives start at the measured speed.</summary>
    public override IReadOnlyList<CoefficientPrior> Coefficients { get; } =
    [
        new(C.IntraNodeInverseEfficiency, 1.5, 0.35,
            [new(L.Device, 0.63), new(L.Stack, 0.51), new(L.Family, 0.52), new(L.Machine, 1.5), new(L.MachineScheme, 0.2),
                new(L.Split, 1)])
        {
            Start = (level, _) => level == L.Machine ? -Math.Log(1.5) : 0,
        },
        new(C.InterNodeInverseEfficiency, 1.6, 0.37,
            [new(L.Device, 0.46), new(L.Stack, 0.31), new(L.Machine, 1), new(L.MachineScheme, 0.2), new(L.Split, 1)])
        {
            Start = (level, _) => level == L.Machine ? -Math.Log(1.6) : 0,
        },
        new(C.Congestion, 0.15, 0.48, [new(L.Stack, 0.35), new(L.Split, 0.4)]),
        new(C.Overlap, 1, 0.52, [new(L.Stack, 0.56), new(L.Parallelism, 0.27), new(L.Machine, 1.5)]),
        new(C.CollectiveLatencySeconds, DatasheetLink.TunerStartSeconds, 0.7, [new(L.Stack, 0.3), new(L.Machine, 1)]),
        new(C.GatherTraffic, 1, 0.57, [new(L.Stack, 0.32)]),
        new(C.RingHopSeconds, DatasheetLink.TunerHopSeconds, 0.68, [new(L.Stack, 1.2)]),
    ];

    internal override double Seconds(ref StepContext step)
    {
        ref readonly var setup = ref step.Setup;
        if (setup.Mesh.GradientRanks <= 1)
            return 0;
        var measured = step.Links.MeasuredFor(setup.Layout);
        var messages = step.Messages ??= Messages(ref step, measured);
        var slower = measured is null ? 1 : step[measured.BetweenHosts ? C.InterNodeInverseEfficiency : C.IntraNodeInverseEfficiency];
        var gather = measured is null ? step[C.GatherTraffic] : 1;
        var window = measured is null ? 1 : BackwardShare;
        var shown = 1 / (1 + step[C.Overlap]);
        var perMicroBatch = slower * gather * messages.BlockingPerMicroBatch
            + Exposed(slower * gather * messages.BesidePerMicroBatch, window * step.MicroBatchSeconds, shown);
        return setup.GradAccum * perMicroBatch
            + slower * messages.BlockingPerStep + Exposed(slower * messages.BesidePerStep, BackwardShare * step.MicroBatchSeconds, shown);
    }

    /// <summary>True of the coefficients that <see cref="Messages"/> depends on.</summary>
    public static bool TimesMessages(C coefficient) => coefficient
        is C.IntraNodeInverseEfficiency or C.InterNodeInverseEfficiency or C.Congestion or C.CollectiveLatencySeconds or C.RingHopSeconds;

    /// <summary>Seconds of the step's messages on their own.</summary>
    private static MessageSeconds Messages(ref StepContext step, MachineLink? measured)
    {
        ref readonly var setup = ref step.Setup;
        var schedule = CollectiveSchedule.Of(step.Shape, setup, step.Links.Widths, prefetches: measured is null);
        return measured is null
            ? MessageSeconds.Of(schedule.Calls, setup.Layout, new DatasheetLink(step.Links, setup.Layout, step.LinkEfficiency()))
            : MessageSeconds.Of(schedule.Calls, setup.Layout, new MeasuredLink(measured));
    }

    /// <summary>What exceeds the window, and of the rest the share that is not hidden.</summary>
    private static double Exposed(double seconds, double windowSeconds, double shown)
    {
        if (seconds == 0)
            return 0;
        var window = windowSeconds * HideableShare;
        var excess = SmoothMaximum.OfSixthPowers(window, seconds) - window;
        return excess * (1 - shown) + shown * seconds;
    }
}
