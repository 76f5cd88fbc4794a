using System.Data;
using System.Globalization;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using Sylvan.Data.Csv;

namespace SlmPlanner.Presentation.Plans;

/// <summary>The candidates of a plan as CSV: the keys of the JSON as columns, one row per role a candidate plays.</summary>
internal static class CandidateCsv
{
    private static readonly (string Name, Func<Candidate, object?> Value)[] Columns =
    [
        ("provider", row => row.Provider),
        ("instance_type", row => row.InstanceType),
        ("region", row => row.Region),
        ("spot", row => row.Spot ? "true" : "false"),
        ("usd_per_hour", row => row.UsdPerHour),
        ("term_months", row => row.TermMonths),
        ("storage_usd_per_hour", row => row.StorageUsdPerHour),
        ("egress_usd", row => row.EgressUsd),
        ("gpu", row => row.Gpu),
        ("gpus_per_node", row => row.GpusPerNode),
        ("nodes", row => row.Nodes),
        ("gpus", row => row.Gpus),
        ("model", row => row.Model),
        ("model_parameters", row => row.ModelParameters),
        ("tokens", row => row.Tokens),
        ("parallelism", row => row.Parallelism.ToString()),
        ("micro_batch", row => row.MicroBatch),
        ("grad_accum", row => row.GradAccum),
        ("seq_len", row => row.SeqLen),
        ("precision", row => DeclaredName.Of(row.Precision)),
        ("attention", row => DeclaredName.Of(row.Attention)),
        ("recomputation", row => DeclaredName.Of(row.Recomputation)),
        ("compile", row => row.Compile ? "true" : "false"),
        ("tokens_per_s", row => row.TokensPerSecond),
        ("tokens_per_s_low", row => row.TokensPerSecondLow),
        ("tokens_per_s_high", row => row.TokensPerSecondHigh),
        ("step_time_s", row => row.StepTimeSeconds),
        ("mfu", row => row.Mfu),
        ("peak_memory_bytes", row => row.PeakMemoryBytes),
        ("device_memory_bytes", row => row.DeviceMemoryBytes),
        ("hours", row => row.Hours),
        ("hours_median", row => row.HoursMedian),
        ("hours_low", row => row.HoursLow),
        ("hours_high", row => row.HoursHigh),
        ("cost_usd", row => row.CostUsd),
        ("cost_usd_median", row => row.CostUsdMedian),
        ("cost_usd_low", row => row.CostUsdLow),
        ("cost_usd_high", row => row.CostUsdHigh),
        ("tokens_per_usd", row => row.TokensPerUsd),
        ("expected_loss", row => row.ExpectedLoss),
        ("loss_per_usd", row => row.LossPerUsd),
        ("budget_kept_probability", row => row.BudgetKeptProbability),
        ("deadline_kept_probability", row => row.DeadlineKeptProbability),
        ("price_date", row => row.PriceDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("price_source", row => row.PriceSource),
    ];

    /// <summary>The whole text; without candidates, the header alone.</summary>
    public static string Write(PlanResult result)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var table = Table(result);
        using (var writer = CsvDataWriter.Create(text, new CsvDataWriterOptions { NewLine = "\n" }))
            writer.Write(table.CreateDataReader());
        return text.ToString();
    }

    private static DataTable Table(PlanResult result)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("role");
        foreach (var (name, _) in Columns)
            table.Columns.Add(name);
        foreach (var (role, row) in Roles(result))
            table.Rows.Add([role, .. Columns.Select(column => Convert.ToString(column.Value(row), CultureInfo.InvariantCulture))]);
        return table;
    }

    private static IEnumerable<(string Role, Candidate Row)> Roles(PlanResult result)
    {
        if (result.Recommendation is { } recommendation)
            yield return ("recommendation", recommendation);
        foreach (var row in result.Alternatives)
            yield return ("pareto", row);
        foreach (var row in result.BestPerGpu)
            yield return ("best_of_gpu", row);
        foreach (var row in result.BestPerProvider)
            yield return ("best_of_provider", row);
    }
}
