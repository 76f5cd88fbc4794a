using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Planning.Forecasts;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

/// <summary>An invented plan, small enough that its reports can be read: four devices, one or two machines of each.</summary>
internal static class ExamplePlan
{
    private static readonly int[] Counts = [1, 8, 16];

    public static PlanResult Feasible()
    {
        var all = ExampleDevice.All
            .SelectMany(device => Counts.Where(count => count <= 8 * device.GpusPerNode)
                .Select(count => ExampleCandidate.Of(device, count)))
            .Select(candidate => candidate with { PlanId = PlanId.Of(Request(budgetUsd: 2000), candidate) })
            .OrderBy(candidate => candidate.CostUsd)
            .ToArray();
        var front = all.Where(candidate => !all.Any(other => other.CostUsd < candidate.CostUsd && other.Hours <= candidate.Hours))
            .ToArray();
        var best = all.First(candidate => candidate.HoursHigh <= 168 && candidate.CostUsdHigh <= 2000);
        return new PlanResult
        {
            Request = Request(budgetUsd: 2000),
            Recommendation = best,
            Answers =
            [
                new(AnswerRole.Cheapest, Recommended: true, best),
                new(AnswerRole.Balanced, Recommended: false, front[front.Length / 2]),
                new(AnswerRole.Fastest, Recommended: false, front[^1] with { Access = OnRequest }),
            ],
            Reasons =
            [
                $"Rent {best.Gpus} × {best.Gpu} from {best.Provider} for {best.Hours:F0} hours: ${best.CostUsd:F0}, and with 90 % "
                + $"confidence between ${best.CostUsdLow:F0} and ${best.CostUsdHigh:F0}.",
                "It is the cheapest of 412,336 candidates that keep the budget of $2,000 and the deadline of 7 days with 90 % confidence.",
                "The next cheapest GPU type, L40S, costs 9 % more; its interval overlaps, so a burst on both would settle it.",
            ],
            Alternatives = front,
            BestPerGpu = [.. all.DistinctBy(candidate => candidate.Gpu)],
            BestPerProvider = [.. all.DistinctBy(candidate => candidate.Provider)],
            Rejected = Rejected,
            Remedies = [],
            Curves = ExampleCurves.Of(all, front, best),
            Provenance = Provenance,
            Forecast = Forecasts.Predict(best, RunOf(best), [.. all.DistinctBy(candidate => candidate.Gpu)], Request(budgetUsd: 2000), 450,
                seed: 1),
            Findings =
            [
                new ToldFinding(Severity.Warning, "stale-prices",
                    "14 of 1,027 prices are older than 30 days; the recommended one is 65 days old."),
                new ToldFinding(Severity.Hint, "settle-by-burst",
                    "RTX4090 and L40S differ by less than their uncertainty: a 10-minute burst on each costs under $1 and would settle "
                    + "the choice."),
            ],
        };
    }

    private static Access OnRequest { get; } = new()
    {
        Way = WayToRent.OnDemand, Rentable = true, NeedsQuotaRequest = true, Quota = "GPUs per region", MostGpus = 16,
        Note = "needs a paid account", Source = "the provider's page", Date = "2026-11-01", Confidence = "A",
    };

    /// <summary>The plan with one candidate and one point in each series: its JSON shows every key once.</summary>
    public static PlanResult Brief()
    {
        var plan = Feasible();
        return plan with
        {
            Answers = [plan.Answers![2]], Alternatives = [], BestPerGpu = [], BestPerProvider = [],
            Forecast = plan.Forecast! with
            {
                BreakEvens = [.. plan.Forecast.BreakEvens.Take(1)],
                Tornado = [.. plan.Forecast.Tornado.Take(1)],
                Risk = plan.Forecast.Risk with { CostUsdQuantiles = [.. plan.Forecast.Risk.CostUsdQuantiles.Take(1)] },
            },
            Curves = new()
            {
                CostTime = [.. plan.Curves.CostTime.Take(1)],
                TokensPerUsdByGpuCount = [.. plan.Curves.TokensPerUsdByGpuCount.Take(1)],
                TokensPerUsdByMicroBatch = [.. plan.Curves.TokensPerUsdByMicroBatch.Take(1)],
                LossByUsd = [.. plan.Curves.LossByUsd.Take(1)],
            },
        };
    }

    public static PlanResult Infeasible() => Feasible() with
    {
        Request = Request(budgetUsd: 5),
        Recommendation = null,
        Answers = [],
        Forecast = null,
        Reasons = ["No plan trains slm-1b on 20B tokens for $5: the cheapest costs $187 (90 % interval $121–$290).",
            "Cost rules out every candidate that fits in memory."],
        Remedies =
        [
            new ToldRemedy("raise-budget", 290, "usd",
                "Raise the budget to $290: 8 × RTX4090 from runpod then keep it with 90 % confidence."),
            new ToldRemedy("fewer-tokens", 3.4e8, "tokens", "Train on at most 340M tokens."),
            new ToldRemedy("smaller-model", 1.7e7, "parameters", "Train a model of at most 17M parameters on the 20B tokens."),
        ],
        Rejected = Rejected with { Feasible = 0 },
        Curves = new PlanCurves
        {
            CostTime = Feasible().Curves.CostTime,
            TokensPerUsdByGpuCount = Feasible().Curves.TokensPerUsdByGpuCount,
            TokensPerUsdByMicroBatch = [],
            LossByUsd = [],
        },
    };

    private static PlanRequest Request(double budgetUsd) => new()
    {
        Model = new TransformerShape
        {
            Name = "slm-1b", Layers = 19, DModel = 1920, Heads = 30, KvHeads = 30, HeadDim = 64, DFfn = 5184,
            FfnKind = FfnKind.Swiglu, Vocab = 32_000, TiedEmbeddings = false, MaxPositions = 1024,
            PublishedParameters = 970_458_240, Source = "arXiv 2410.19456",
        },
        Tokens = 20e9,
        BudgetUsd = budgetUsd,
        DeadlineHours = 168,
        SeqLen = 1024,
        Today = new DateOnly(2026, 11, 24),
    };

    /// <summary>
    /// The run behind a candidate: its tokens per second are within 0.8 and 1.25 times with 90 % confidence, 1.6449 deviations.
    /// </summary>
    private static UncertainRun RunOf(Candidate candidate) => new(
        new()
        {
            StepSeconds = candidate.StepTimeSeconds,
            Steps = candidate.Tokens / ((double)candidate.SeqLen * candidate.MicroBatch * candidate.GradAccum * candidate.Gpus),
            Nodes = candidate.Nodes,
            UsdPerHour = candidate.UsdPerHour,
            Checkpoint = new(12.0 * candidate.ModelParameters),
            Billing = new(60, 60),
        },
        Math.Log(1.25 / 0.8) / (2 * 1.6448536269514722));

    private static readonly ForecastModel Forecasts = new(
        new()
        {
            StartUpSeconds = 600, CompileSeconds = 90, EvaluationShare = 0.01, CheckpointBytesPerParameter = 12,
            CheckpointWrite = new(1e9), FailuresPerNodeHour = 1.6e-4, RestartSeconds = 600, WaitAfterFailureSeconds = 600,
        },
        energy: null);

    private static readonly Rejections Rejected = new(
        1_236_480,
        412_336,
        [
            new("out-of-memory", 603_112, new ToldMiss("1 × RTX4090, DDP, micro-batch 4: 24.9 GiB of 23.3 GiB"), 0.07),
            new("over-budget", 176_020, new ToldMiss("64 × A100-80GB-SXM from lambda: $2,031 at the upper end"), 0.016),
            new("past-deadline", 41_902, new ToldMiss("4 × L4 from gcp: 7.3 days at the upper end"), 0.043),
            new("no-network-data", 3_110, null, null),
        ]);

    private static readonly Provenance Provenance = new()
    {
        Program = "slm-plan 0.1.0",
        Made = new DateOnly(2026, 11, 24),
        Offers = "offers.csv, 1,027 offers",
        OldestPrice = new DateOnly(2026, 9, 20),
        NewestPrice = new DateOnly(2026, 11, 2),
        Profile = "fitted to 1,655 published measurements on 2026-11-24",
        Stack = "hf-eager-flash2",
        LossLaw = "Besiroglu et al. 2024 (arXiv 2404.10102), E = 1.8172, A = 482.01, B = 2085.43, α = 0.3478, β = 0.3658",
        Accuracy = "median absolute error 5.1 % on models left out of the fit (90 % interval covers 91 % of 1,655 rows).",
        Assumptions =
        [
            new ToldAssumption("Data loading never binds (assumed; measure with your loader)."),
            new ToldAssumption("A checkpoint every 30 minutes takes 20 s (assumed)."),
            new ToldAssumption("One failure per 1,000 GPU-hours & a restart of 10 minutes <not measured> (assumed)."),
        ],
    };
}
