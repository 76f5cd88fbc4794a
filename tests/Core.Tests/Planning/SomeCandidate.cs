using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Planning;

/// <summary>Candidates that differ in device, price and speed, with hours and costs from the run model.</summary>
internal static class SomeCandidate
{
    public static readonly RiskProfile Risk = RiskProfileFile.Read(RepositoryProfiles.Folder);

    /// <summary>A fifth up or down is a 90 % interval: the normal quantile is 1.6449.</summary>
    public static readonly double LogSpread = Math.Log(1.2) / 1.6449;

    public static Candidate Of(string gpu, double usdPerHour, double stepSeconds)
    {
        var blank = new Candidate
        {
            Provider = "somewhere", InstanceType = "box", Region = "here", Spot = false, UsdPerHour = usdPerHour,
            Gpu = gpu, GpusPerNode = 8, Nodes = 1, Gpus = 8, Model = "m", ModelParameters = 1_000_000_000, Tokens = 20e9,
            Parallelism = Scheme.Ddp, MicroBatch = 8, GradAccum = 4, SeqLen = 2048, Precision = Precision.Bf16Mixed,
            Attention = AttentionKind.Flash, Recomputation = Recomputation.None, Compile = false,
            TokensPerSecond = 524_288 / stepSeconds, TokensPerSecondLow = 524_288 / stepSeconds / 1.2,
            TokensPerSecondHigh = 524_288 / stepSeconds * 1.2,
            StepTimeSeconds = stepSeconds, Mfu = 0.4, PeakMemoryBytes = 5e10, DeviceMemoryBytes = 8e10,
            Hours = 0, HoursMedian = 0, HoursLow = 0, HoursHigh = 0, CostUsd = 0, CostUsdMedian = 0, CostUsdLow = 0, CostUsdHigh = 0,
            TokensPerUsd = 0,
            PriceDate = new(2026, 11, 1), PriceSource = "test", Breakdown = new([], []),
        };
        var run = RunOf(blank).Demand;
        var model = new RunModel(Risk.Assumptions);
        var (expected, median) = (model.Expect(run, LogSpread), model.Expect(run));
        return blank with { Hours = expected.Hours, HoursMedian = median.Hours, CostUsd = expected.CostUsd,
            CostUsdMedian = median.CostUsd };
    }

    /// <summary>20e9 tokens in steps of 8 · 4 · 8 sequences of 2,048, a checkpoint of 12 bytes for each of 1e9 parameters.</summary>
    public static UncertainRun RunOf(Candidate candidate) => new(
        new()
        {
            StepSeconds = candidate.StepTimeSeconds, Steps = 20e9 / 524_288, Nodes = 1, UsdPerHour = candidate.UsdPerHour,
            Checkpoint = new(12e9), Billing = Risk.BillingOf("somewhere"),
        },
        LogSpread);
}
