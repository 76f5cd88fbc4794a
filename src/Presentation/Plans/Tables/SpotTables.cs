using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>Spot and on-demand machines together under a deadline.</summary>
internal static class SpotTables
{
    /// <summary>The policy beside the two pure ways.</summary>
    public static ReportTable Policy(SpotPolicyEstimate? policy) => policy is null ? ReportTable.Of<PolicyOutcome>("", [], [])
        : ReportTable.Of<(string Name, PolicyOutcome Way)>(
        "Spot and on demand under the deadline",
        [
            ($"spot, on demand once {Readable.Hours(policy.ReserveHours)} of slack are left", policy.Switching),
            ("always spot", policy.AlwaysSpot), ("always on demand", policy.AlwaysOnDemand),
        ],
        new("rent", row => row.Name),
        new("expected cost", row => Readable.Usd(row.Way.CostUsdExpected), IsNumber: true),
        new("nine in ten below", row => Readable.Usd(row.Way.CostUsdNinety), IsNumber: true),
        new("expected time", row => Readable.Hours(row.Way.HoursExpected), IsNumber: true),
        new("late", row => Readable.Probability(row.Way.LateProbability), IsNumber: true),
        new("time on spot", row => Readable.Percent(row.Way.SpotShare), IsNumber: true));
}
