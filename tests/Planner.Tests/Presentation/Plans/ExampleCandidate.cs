using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

/// <summary>A candidate of the example plan from simple scaling rules.</summary>
internal static class ExampleCandidate
{
    private const double Parameters = 970_458_240;
    private const double Tokens = 20e9;

    public static Candidate Of(ExampleDevice device, int gpus)
    {
        var nodes = (gpus + device.GpusPerNode - 1) / device.GpusPerNode;
        var scaling = 1 / (1 + 0.045 * Math.Log2(gpus) + (nodes > 1 ? 0.06 : 0));
        var mfu = device.Mfu * scaling;
        var tokensPerSecond = gpus * device.Tflops * 1e12 * mfu / (6 * Parameters);
        var hours = Tokens / tokensPerSecond / 3600 * 1.03 + 0.4;
        var usdPerHour = device.UsdPerGpuHour * Math.Max(gpus, device.GpusPerNode > 1 && nodes > 1 ? nodes * device.GpusPerNode : gpus);
        var microBatch = device.MemoryGib switch { < 20 => 1, < 30 => 4, < 60 => 8, < 100 => 16, _ => 32 };
        var gradAccum = Math.Max(1, 512 / (microBatch * gpus));
        var step = (double)microBatch * gradAccum * gpus * 1024 / tokensPerSecond;
        var usable = device.MemoryGib * 0.955 * (1L << 30);
        var memory = ExampleBreakdown.Memory(usable * 0.9);
        return new Candidate
        {
            Provider = device.Provider,
            InstanceType = device.InstanceType,
            Region = device.Region,
            Spot = false,
            UsdPerHour = usdPerHour,
            Gpu = device.Gpu,
            GpusPerNode = Math.Min(gpus, device.GpusPerNode),
            Nodes = nodes,
            Gpus = gpus,
            Model = "slm-1b",
            ModelParameters = (long)Parameters,
            Tokens = Tokens,
            Parallelism = gpus == 1 ? Scheme.Ddp : nodes > 1 ? Scheme.Hsdp : Scheme.FsdpGradOp,
            MicroBatch = microBatch,
            GradAccum = gradAccum,
            SeqLen = 1024,
            Precision = device.Gpu.StartsWith('V') || device.Gpu.StartsWith('T') ? Precision.Fp16Mixed : Precision.Bf16Mixed,
            Attention = AttentionKind.Flash,
            Recomputation = device.MemoryGib < 40 ? Recomputation.Selective : Recomputation.None,
            Compile = false,
            TokensPerSecond = tokensPerSecond,
            TokensPerSecondLow = tokensPerSecond * 0.8,
            TokensPerSecondHigh = tokensPerSecond * 1.25,
            StepTimeSeconds = step,
            Mfu = mfu,
            PeakMemoryBytes = memory.Sum(part => part.Amount),
            DeviceMemoryBytes = usable,
            Hours = hours,
            HoursMedian = hours / 1.01,
            HoursLow = hours / 1.25,
            HoursHigh = hours * 1.25,
            CostUsd = hours * usdPerHour,
            CostUsdMedian = hours / 1.01 * usdPerHour,
            CostUsdLow = hours * usdPerHour / 1.25,
            CostUsdHigh = hours * usdPerHour * 1.25,
            TokensPerUsd = Tokens / (hours * usdPerHour),
            ExpectedLoss = 2.5312,
            LossPerUsd = 2.1e-5,
            PriceDate = new DateOnly(2026, 9, 20),
            PriceSource = $"catalogs/{device.Provider}.csv",
            Breakdown = new(ExampleBreakdown.StepTime(step, gpus), memory),
        };
    }
}
