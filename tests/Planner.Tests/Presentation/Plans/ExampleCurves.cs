using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

/// <summary>The series behind the example's charts.</summary>
internal static class ExampleCurves
{
    public static PlanCurves Of(IReadOnlyList<Candidate> all, IReadOnlyList<Candidate> front, Candidate best) => new()
    {
        CostTime = [.. all.Select(row => new CostTimePoint(row.Gpu, row.Gpus, row.Provider, row.Hours, row.CostUsd, front.Contains(row)))],
        TokensPerUsdByGpuCount = [.. all.Select(row => new GpuCountPoint(row.Gpu, row.Gpus, row.TokensPerUsd))],
        TokensPerUsdByMicroBatch = [.. new[] { 1, 2, 4, 8, 16 }.Select(batch => MicroBatch(best, batch))],
        LossByUsd = [.. Enumerable.Range(0, 13).Select(step => Loss(best, best.CostUsd * Math.Pow(10, (step - 6) / 6.0)))],
    };

    private static MicroBatchPoint MicroBatch(Candidate best, int batch)
    {
        var memory = best.PeakMemoryBytes * (0.45 + 0.55 * batch / best.MicroBatch);
        return new(batch, best.TokensPerUsd * 1.12 * batch / (batch + 0.5), memory, memory <= best.DeviceMemoryBytes);
    }

    private static LossPoint Loss(Candidate best, double usd)
    {
        var tokens = usd * best.TokensPerUsd;
        var loss = 1.8172 + 482.01 / Math.Pow(best.ModelParameters, 0.3478) + 2085.43 / Math.Pow(tokens, 0.3658);
        return new(usd, tokens, loss, loss - 0.05 - 0.2 / Math.Sqrt(tokens / 1e9), loss + 0.05 + 0.25 / Math.Sqrt(tokens / 1e9));
    }
}
