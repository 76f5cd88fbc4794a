using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Presentation;

/// <summary>A plan that the planner made of one offer of an invented device, by priors alone.</summary>
internal static class SmallPlan
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    public static PlanResult Made { get; } = new Core.Planning.Planner(Inputs()).Plan(new()
    {
        Model = new()
        {
            Name = "small", Layers = 12, DModel = 768, Heads = 12, KvHeads = 12, HeadDim = 64, DFfn = 3072,
            FfnKind = FfnKind.Gelu, Vocab = 32_000, TiedEmbeddings = true,
        },
        Tokens = 1e9,
        SeqLen = 1024,
        GlobalBatchTokens = 131_072,
        DeadlineHours = 100,
        Today = Day,
    });

    private static PlanningInputs Inputs() => new()
    {
        Offers =
        [
            new()
            {
                Provider = "ant", InstanceType = "8x-Some-40GB", Region = "east", Gpu = "Some-40GB", GpusPerNode = 8,
                    OnDemandUsdPerHour = 16,
                Link = new(600, null, "test"), Source = "test", SeenUntil = Day.AddDays(-3),
            },
        ],
        Devices = new Dictionary<string, Accelerator>
        {
            ["Some-40GB"] = new()
            {
                Name = "Some-40GB", MemoryGib = 40, MemoryBandwidthGbS = 1500, Bf16Tflops = 300, Fp16Tflops = 300, Fp32Tflops = 20,
                    Tf32Tflops = 150,
                NvlinkGbS = 600, PcieGen = 4, SmCount = 100, TdpW = 400, Architecture = "8.0",
            },
        },
        Performance = new PerformanceProfile(),
        Risk = RiskProfileFile.Read(Repository.Profiles),
        Law = ScalingLawFile.Read(Repository.Profiles),
        Batch = BatchFile.Read(Repository.Profiles),
        Sources = new("slm-plan test", "one offer", "priors", ""),
    };
}
