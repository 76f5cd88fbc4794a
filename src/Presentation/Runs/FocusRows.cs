using System.Globalization;
using System.Text;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Presentation.Runs;

/// <summary>
/// Cost so far by day, as CSV with columns of FOCUS 1.0. Amounts are estimates from the plan's price; a run without a clock is one row
/// without periods.
/// </summary>
public static class FocusRows
{
    private const string Header =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
        + "ChargeDescription,ProviderName,RegionId,ServiceCategory,ServiceName,ResourceType,ResourceId,PricingQuantity,PricingUnit,ListUnitPrice,Tags";

    /// <summary>The rows.</summary>
    public static string Write(TrackReport report, Candidate plan, double? began)
    {
        var text = new StringBuilder(Header).Append('\n');
        if (began is not { } start)
        {
            Row(text, report, plan, null, null, report.ElapsedHours);
            return text.ToString();
        }
        var (from, end) = (DateTime.UnixEpoch.AddSeconds(start), DateTime.UnixEpoch.AddSeconds(start + report.ElapsedHours * 3600));
        while (from < end)
        {
            var next = from.Date.AddDays(1);
            var to = next < end ? next : end;
            Row(text, report, plan, from, to, (to - from).TotalHours);
            from = to;
        }
        return text.ToString();
    }

    private static void Row(StringBuilder text, TrackReport report, Candidate plan, DateTime? from, DateTime? to, double hours)
    {
        var cost = Math.Round(hours * report.UsdPerHour, 6);
        object?[] cells =
        [
            cost, cost, cost, cost, "USD", Time(from), Time(to), "Usage", $"Training of {plan.Model}, estimated from the plan",
                plan.Provider,
            plan.Region, "Compute", plan.InstanceType, $"{plan.Gpus} x {plan.Gpu}", report.PlanId, Math.Round(hours, 6), "Hours",
                report.UsdPerHour,
            $"{{\"plan_id\":\"{report.PlanId}\"}}",
        ];
        text.AppendJoin(',', cells.Select(PlainValue.Csv)).Append('\n');
    }

    private static string? Time(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
