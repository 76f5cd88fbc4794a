using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Presentation.Wording;

/// <summary>A candidate's parts in the words that every output uses.</summary>
internal static class CandidateText
{
    /// <summary>To which probabilities in a plan are found.</summary>
    private const double ProbabilityAccuracy = 1e-6;

    /// <summary>What to rent: <c>2 × 8 × H100-80GB-SXM</c>, or <c>8 × …</c> on one machine.</summary>
    public static string Devices(Candidate candidate) => candidate.Nodes > 1
        ? $"{candidate.Nodes} × {candidate.GpusPerNode} × {candidate.Gpu}"
        : $"{candidate.Gpus} × {candidate.Gpu}";

    /// <summary>Where to rent it: provider, machine type, region, and the terms where not on demand.</summary>
    public static string Place(Candidate candidate) =>
        $"{candidate.Provider} {candidate.InstanceType}, {candidate.Region}"
        + (Terms(candidate) is { Length: > 0 } terms ? $", {terms}" : "");

    /// <summary>How the machines are had, where not on demand: spot, or reserved for a term.</summary>
    public static string Terms(Candidate candidate) => candidate switch
    {
        { Spot: true } => "spot",
        { TermMonths: { } months } => $"reserved {Readable.Number(months)} months",
        { Access.Way: WayToRent.Reservation or WayToRent.Contract } => AccessWords.Takes(candidate),
        _ => "",
    };

    /// <summary>Expected cost with its interval.</summary>
    public static string Cost(Candidate candidate) =>
        $"{Readable.Usd(candidate.CostUsd)} ({Readable.UsdRange(candidate.CostUsdLow, candidate.CostUsdHigh)})";

    /// <summary>Median and interval of the cost.</summary>
    public static string CostSpread(Candidate candidate, string confidence) =>
        (candidate.CostUsdMedian is { } median ? $"median {Readable.Usd(median)}; " : "")
        + $"{Readable.UsdRange(candidate.CostUsdLow, candidate.CostUsdHigh)} with {confidence} confidence";

    /// <summary>Median and interval of the wall-clock time.</summary>
    public static string TimeSpread(Candidate candidate, string confidence) =>
        (candidate.HoursMedian is { } median ? $"median {Readable.HoursLike(median, candidate.Hours)}; " : "")
        + $"{Readable.HoursRange(candidate.HoursLow, candidate.HoursHigh)} with {confidence} confidence";

    /// <summary>Whether budget and deadline are kept as surely as asked, and if not, which is missed.</summary>
    public static string Limits(Candidate candidate, double confidence)
    {
        var inBudget = candidate.BudgetKept ?? SurelyKept(candidate.BudgetKeptProbability, confidence);
        var inTime = candidate.DeadlineKept ?? SurelyKept(candidate.DeadlineKeptProbability, confidence);
        return (!inBudget, !inTime) switch
        {
            (true, true) => "over budget, late",
            (true, false) => "over budget",
            (false, true) => "late",
            _ => "kept",
        };
    }

    /// <summary>Of a saved plan that states a probability alone: whether it is the confidence asked; true without a limit.</summary>
    private static bool SurelyKept(double? probability, double confidence) => !(probability < confidence - ProbabilityAccuracy);

    /// <summary>True when it keeps budget and deadline as surely as asked.</summary>
    public static bool KeepsLimits(Candidate candidate, double confidence) => Limits(candidate, confidence) == "kept";

    /// <summary>Expected loss, or a dash where the law does not reach.</summary>
    public static string Loss(Candidate candidate) =>
        candidate.ExpectedLoss is { } loss ? loss.ToString("F3", null) : Readable.Missing;

    /// <summary>
    /// By how much a tenth more of the money, spent on more tokens, lowers the expected loss; empty where the law does not reach.
    /// </summary>
    public static string LossForMore(Candidate candidate) => candidate.LossPerUsd is { } loss
        ? $"10 % more money for more tokens lowers it by about {Readable.Number(Math.Round(0.1 * loss * candidate.CostUsd, 4))}"
        : "";

    /// <summary>Tokens per dollar.</summary>
    public static string TokensPerUsd(Candidate candidate) => Readable.Count(candidate.TokensPerUsd);

    /// <summary>How the work is split: sharding, micro-batch × accumulation.</summary>
    public static string Split(Candidate candidate) =>
        $"{Name(candidate.Parallelism)}, {candidate.MicroBatch} × {candidate.GradAccum}";

    /// <summary>The common name of a sharding scheme.</summary>
    public static string Name(Scheme scheme) => Name(scheme.Name) + scheme.ToString()[DeclaredName.Of(scheme.Name).Length..];

    private static string Name(SchemeName scheme) => scheme switch
    {
        SchemeName.Ddp => "DDP",
        SchemeName.Zero1 => "ZeRO-1",
        SchemeName.Zero2 => "ZeRO-2",
        SchemeName.FsdpGradOp => "FSDP grad+opt",
        SchemeName.FsdpFull => "FSDP full",
        SchemeName.Hsdp => "HSDP",
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };

    /// <summary>The common name of a precision recipe.</summary>
    public static string Name(Precision precision) => precision switch
    {
        Precision.Fp32 => "fp32",
        Precision.Tf32 => "tf32",
        Precision.Bf16Mixed => "bf16 mixed",
        Precision.Bf16Pure => "bf16 pure",
        Precision.Fp16Mixed => "fp16 mixed",
        Precision.Fp8Mixed => "fp8 mixed",
        Precision.Mxfp8Mixed => "mxfp8 mixed",
        Precision.Nvfp4Mixed => "nvfp4 mixed",
        _ => throw new ArgumentOutOfRangeException(nameof(precision)),
    };

    /// <summary>The name of an attention kernel.</summary>
    public static string Name(AttentionKind attention) => attention == AttentionKind.Flash ? "flash" : "vanilla";

    /// <summary>The name of a recomputation scheme.</summary>
    public static string Name(Recomputation recomputation) => recomputation switch
    {
        Recomputation.None => "none",
        Recomputation.Attention => "attention",
        Recomputation.Selective => "selective",
        Recomputation.Full => "full",
        _ => throw new ArgumentOutOfRangeException(nameof(recomputation)),
    };
}
