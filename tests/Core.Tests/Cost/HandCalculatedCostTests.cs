using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Tests.Cost;

/// <summary>
/// Bills worked out by hand: 100 h of steps on one machine at 2 USD/h, a checkpoint of 12 GB written at 1 GB/s (12 s, once
/// where nothing fails), so 360,012 s unless the row says otherwise.
/// </summary>
public sealed class HandCalculatedCostTests
{
    private static readonly RunAssumptions Calm = new() { CheckpointWrite = BytesPerSecond.FromGBPerSecond(1) };

    private static readonly RunDemand Run = new()
    {
        StepSeconds = 1, Steps = 360_000, Nodes = 1, UsdPerHour = 2, Checkpoint = Bytes.FromGB(12),
    };

    /// <summary>Two checkpoints of 12 GB and 40 GB of data are 59.6046 GiB; at 0.10 USD per GiB and month of 730.485 h.</summary>
    private const double StorageUsdPerHour = 59.604644775 * 0.1 / 730.485;

    public static TheoryData<string, double, double> Bills => new()
    {
        { "to the second", Cost(Calm, Run), 360_012 * 2 / 3600.0 },
        { "start-up and compilation: 690 s more",
            Cost(Calm with { StartUpSeconds = 600, CompileSeconds = 90 }, Run with { Compile = true }), 200.39 },
        { "the same by the hour: 101 h", Cost(Calm with { StartUpSeconds = 600, CompileSeconds = 90 },
            Run with { Compile = true, Billing = new(3600, 3600) }), 202 },
        { "the same by ten minutes: 602 units", Cost(Calm with { StartUpSeconds = 600, CompileSeconds = 90 },
            Run with { Compile = true, Billing = new(600, 600) }), 200.6667 },
        { "312 s with a minimum of an hour", Cost(Calm, Run with { Steps = 300, Billing = new(60, 3600) }), 2 },
        { "evaluation of 1 %: 363,612 s", Cost(Calm with { EvaluationShare = 0.01 }, Run), 202.0067 },
        { "a queue is waited for but not paid", Cost(Calm with { QueueSeconds = 7200 }, Run), 200.0067 },
        { "storage of 100.0033 h: 0.8160", Cost(Calm, Run with { StorageUsdPerHour = StorageUsdPerHour }), 200.8227 },
        { "egress of 11.1759 GiB at 0.09", Cost(Calm, Run with { EgressUsd = 11.17587 * 0.09 }), 201.0125 },
        { "a term of one month: 730.485 h", Cost(Calm, Run with { Billing = default(BillingRule).WithTerm(1) }), 1460.97 },
        { "spread 0.3: e^0.045 = 1.046028 times the 100 h", new RunModel(Calm).Expect(Run, 0.3).CostUsd, 209.2122 },
        { "spot at half price, see Spot", Cost(Spot, Run with { Spot = true, UsdPerHour = 1 }), 102.7005 },
        { "the same compiled: 90 s at the start and at each restart, see Spot",
            Cost(Spot with { CompileSeconds = 90 }, Run with { Spot = true, UsdPerHour = 1, Compile = true }), 102.8539 },
        { "the same with storage over 105.2680 h",
            Cost(Spot, Run with { Spot = true, UsdPerHour = 1, StorageUsdPerHour = StorageUsdPerHour }), 103.5594 },
        { "four machines that fail, see Failing", Cost(Failing, Run with { Nodes = 4, UsdPerHour = 8 }), 805.2182 },
    };

    /// <summary>
    /// M = 72,000 s; Daly's interval √(2·12·72,000)·1.00307 − 12 = 1,306.55 s, so 276 segments of 1,316.348 s; billed
    /// 276 · 72,000 · e^(600/72,000) · (e^(1,316.348/72,000) − 1) = 369,721.7 s = 102.7005 h with 5.1350 stops, each waited
    /// 1,800 s for and not paid: 105.2680 h in all. Where a restart also compiles for 90 s, the exponent is 690/72,000 and the
    /// billed time 370,184.1 s; with the first compilation 102.8539 h.
    /// </summary>
    private static RunAssumptions Spot => Calm with { InterruptionsPerNodeHour = 0.05, RestartSeconds = 600,
        WaitAfterInterruptionSeconds = 1800 };

    /// <summary>
    /// M = 900,000 s; 78 segments of 4,627.385 s; 100.5852 h of training and 0.40234 stops, each waited 600 s for and paid:
    /// 100.6523 h.
    /// </summary>
    private static RunAssumptions Failing => Calm with { FailuresPerNodeHour = 0.001, RestartSeconds = 600, WaitAfterFailureSeconds = 600 };

    [Theory]
    [MemberData(nameof(Bills))]
    public void A_bill_is_what_it_is_by_hand(string bill, double costUsd, double byHandUsd) =>
        Assert.True(Math.Abs(costUsd - byHandUsd) < 1e-4, FormattableString.Invariant($"{bill}: {costUsd:F4}, by hand {byHandUsd:F4}"));

    private static double Cost(RunAssumptions assumptions, RunDemand run) => new RunModel(assumptions).Expect(run).CostUsd;
}
