using CsCheck;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Economics;
using SlmPlanner.Tests.Loss;

namespace SlmPlanner.Tests.Planning;

/// <summary>Small worlds to plan in: devices, offers, models and requests, fixed or drawn at random.</summary>
internal static class PlanningWorld
{
    /// <summary>Standard deviation of the logarithm of the peak memory.</summary>
    public const double MemoryLogSpread = 0.15;

    public static readonly DateOnly Today = new(2026, 11, 24);

    public static readonly RiskProfile Risk = RiskProfileFile.Read(RepositoryProfiles.Folder);

    public static readonly ScalingLaw Law = ScalingLawFile.Read(RepositoryProfiles.Folder);

    /// <summary>Three devices unlike in speed, memory and features.</summary>
    public static readonly IReadOnlyDictionary<string, Accelerator> Devices = new[]
    {
        Device("Old-16GB", 16, bf16: null, fp16: 65, "7.5"),
        Device("Mid-40GB", 40, bf16: 312, fp16: 312, "8.0"),
        Device("New-80GB", 80, bf16: 990, fp16: 990, "9.0"),
    }.ToDictionary(device => device.Name);

    public static readonly Gen<TransformerShape> Shapes = Gen.Select(Gen.Int[1, 24], Gen.Int[2, 16], Gen.Int[1, 4],
        (layers, heads, width) => Shape(layers, heads * 64 * width, heads));

    /// <summary>
    /// Machines of known devices: several providers and so several rules of billing, some joined by a network, some sold as spot.
    /// </summary>
    private static readonly Gen<Offer> Machines = Gen.Select(
        AnyOf("Old-16GB", "Mid-40GB", "New-80GB"), AnyOf(1, 2, 4, 8), Gen.Double[0.2, 20], AnyOf(0.0, 0.4),
        AnyOf(0.0, 100, 800), AnyOf("ant", "aws", "verda"), AnyOf("east", "west"),
        (gpu, count, usd, spot, network, provider, region) => Offer(gpu, count, usd, spot * usd, network, provider, region));

    /// <summary>Offers of them, some with a price of storage or egress, a term or a limited stock.</summary>
    public static readonly Gen<Offer[]> Offers = Gen.Select(
        Machines, AnyOf<double?>(null, 0.1), AnyOf<double?>(null, 0.09), AnyOf<double?>(null, null, null, 0.1),
        AnyOf<int?>(null, null, 1, 2, 3, 6), Gen.Bool,
        (machine, storage, egress, months, stock, owned) => machine with
        {
            StorageUsdPerGibMonth = storage, EgressUsdPerGib = egress, TermMonths = months, Stock = stock, Owned = owned
                && stock is not null,
        }).Array[1, 5];

    public static readonly Gen<PlanRequest> Requests = Gen.Select(
        Shapes, Gen.Double[8, 11.5], AnyOf(Objective.Cost, Objective.Time), Sometimes(Gen.Double[0, 5]), Sometimes(Gen.Double[0, 4]),
        AnyOf(1, 4, 24, 32), Gen.Bool, AnyOf(256, 1024, 2048),
        (shape, tokens, objective, budget, deadline, gpus, spot, seqLen) => Request(shape, Math.Pow(10, tokens)) with
        {
            Objective = objective,
            BudgetUsd = budget is { } usd ? Math.Pow(10, usd) : null,
            DeadlineHours = deadline is { } hours ? Math.Pow(10, hours) : null,
            MaxGpus = gpus,
            Spot = spot,
            SeqLen = seqLen,
            GlobalBatchTokens = 65_536,
        });

    public static PlanRequest Request(TransformerShape model, double tokens) =>
        new() { Model = model, Tokens = tokens, SeqLen = 1024, GlobalBatchTokens = 131_072, Today = Today };

    public static PlanningInputs Inputs(params Offer[] offers) => new()
    {
        Offers = offers,
        Devices = Devices,
        Memory = MemoryProfile.None with { Fit = FittedMemory.None with { UnknownStackLogSpread = MemoryLogSpread } },
        Performance = new PerformanceProfile(),
        Risk = Risk,
        Law = Law,
        Batch = BatchFile.Read(RepositoryProfiles.Folder),
        Models = [Shape(4, 256, 4), Shape(8, 512, 8), Shape(12, 768, 12)],
        Sources = new("test", "test offers", "stub", ""),
    };

    public static Offer Offer(
        string gpu, int count, double usd, double spotUsd = 0, double networkGbitS = 0, string provider = "ant", string region = "east") =>
        new()
    {
        Provider = provider,
        InstanceType = $"{count}x-{gpu}",
        Region = region,
        Gpu = gpu,
        GpusPerNode = count,
        OnDemandUsdPerHour = usd * count,
        SpotUsdPerHour = spotUsd > 0 ? spotUsd * count : null,
        Link = new NodeLink(count > 1 ? 600 : null, networkGbitS > 0 ? networkGbitS : null, "test"),
        Source = "test",
        SeenUntil = Today.AddDays(-3),
    };

    public static TransformerShape Shape(int layers, int width, int heads) => new()
    {
        Name = $"test-{layers}x{width}",
        Layers = layers,
        DModel = width,
        Heads = heads,
        KvHeads = heads,
        HeadDim = width / heads,
        DFfn = 4 * width,
        FfnKind = FfnKind.Gelu,
        Vocab = 32_000,
        TiedEmbeddings = true,
    };

    public static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<double?> Sometimes(Gen<double> amounts) =>
        Gen.Select(Gen.Bool, amounts, (given, amount) => given ? amount : (double?)null);

    private static Accelerator Device(string name, double memory, double? bf16, double fp16, string capability) => new()
    {
        Name = name,
        MemoryGib = memory,
        MemoryBandwidthGbS = memory * 25,
        Bf16Tflops = bf16,
        Fp16Tflops = fp16,
        Fp32Tflops = fp16 / 8,
        Tf32Tflops = bf16 / 2,
        NvlinkGbS = bf16 is null ? null : 600,
        PcieGen = 4,
        SmCount = 100,
        TdpW = 300,
        Architecture = capability,
        ArchitectureHasFlash = double.Parse(capability, System.Globalization.CultureInfo.InvariantCulture) >= 8,
    };
}
