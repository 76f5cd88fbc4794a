using System.Text.Json.Serialization;
using SlmPlanner.Core.Findings;

namespace SlmPlanner.Data.Measurements.Bursts;

/// <summary>One measured burst: summaries beside the raw samples that they come from.</summary>
public sealed record BurstResult
{
    /// <summary>Version of this document.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The configuration.</summary>
    public required BurstSpec Spec { get; init; }

    /// <summary>Name of the device.</summary>
    public required string Device { get; init; }

    /// <summary>Ranks that trained together.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Those of them that shared a host.</summary>
    public int RanksPerHost { get; init; } = 1;

    /// <summary>How it ended.</summary>
    public required BurstStatus Status { get; init; }

    /// <summary>What went wrong, if anything.</summary>
    public string? Message { get; init; }

    /// <summary>Step time over the measured steps.</summary>
    public StepTimeSummary? StepTimeS { get; init; }

    /// <summary>Tokens of all ranks per second at the median step.</summary>
    public double? TokensPerS { get; init; }

    /// <summary>Median seconds by component, where the device allows it.</summary>
    public ComponentSummary? ComponentsS { get; init; }

    /// <summary>The most memory that training added to a process with libtorch loaded (per rank).</summary>
    public double? PeakMemoryBytes { get; init; }

    /// <summary>Memory of that process before the model was built.</summary>
    public double? BaselineMemoryBytes { get; init; }

    /// <summary>Loss of the last measured step.</summary>
    public double? Loss { get; init; }

    /// <summary>Gradient norm of the last measured step.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>The kernel that flash attention ran, as libtorch chose it.</summary>
    public string? AttentionKernel { get; init; }

    /// <summary>Step time of a bare TorchSharp loop of the same model, taken in turns, where asked for.</summary>
    public BareComparison? Bare { get; init; }

    /// <summary>What a reader should know about this measurement.</summary>
    public IReadOnlyList<ToldFinding> Findings { get; init; } = [];

    /// <summary>Versions of TorchSharp and libtorch.</summary>
    public string? Torch { get; init; }

    /// <summary>Every step, warm-up included.</summary>
    public IReadOnlyList<StepSample> Samples { get; init; } = [];

    /// <summary>
    /// Seconds of the reference work between the measured steps: their median, unless several measurements were put together; null where it
    /// was not timed.
    /// </summary>
    [JsonIgnore]
    public double? ReferenceSeconds
    {
        get => field ?? MedianReference();
        init;
    }

    /// <summary>How busy the machine was meanwhile.</summary>
    public IReadOnlyList<UtilisationSample> Utilisation { get; init; } = [];

    /// <summary>Mean share of its threads, or of the GPU, that the burst kept busy, 0 to 1; null without samples.</summary>
    /// <param name="threads">Threads of the burst, ≥ 1.</param>
    public double? MeanBusy(int threads) => Utilisation.Select(sample => sample.Share(threads)).Average();

    private double? MedianReference()
    {
        double[] seconds = [.. Samples.Where(sample => !sample.Warmup).Select(sample => sample.ReferenceSeconds).OfType<double>()];
        return seconds.Length == 0 ? null : MedianInterval.Of(seconds).Median;
    }
}

/// <summary>A step time and its spread, in seconds.</summary>
/// <param name="Median">Median of the measured steps.</param>
/// <param name="Low">Lower end of the median's 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Spread">Half of that interval.</param>
/// <param name="Minimum">The fastest step.</param>
/// <param name="Steps">Measured steps.</param>
public sealed record StepTimeSummary(double Median, double Low, double High, double Spread, double Minimum, int Steps)
{
    /// <summary>Half of a 95 % interval over its standard error.</summary>
    private const double Reach = 1.96;

    /// <summary>Standard error of the median's logarithm.</summary>
    [JsonIgnore]
    public double LogError => Spread / Reach / Median;

    /// <summary>
    /// The same step with a standard error of its logarithm that says more than its interval: that of disturbed or repeated measurements.
    /// </summary>
    /// <param name="logError">The standard error, ≥ 0.</param>
    public StepTimeSummary WithLogError(double logError)
    {
        var half = Reach * logError * Median;
        return this with { Low = Math.Max(0, Median - half), High = Median + half, Spread = half };
    }

    /// <summary>Summarises measured steps.</summary>
    public static StepTimeSummary Of(IReadOnlyCollection<double> seconds)
    {
        var interval = MedianInterval.Of(seconds);
        return new(interval.Median, interval.Low, interval.High, (interval.High - interval.Low) / 2, interval.Minimum, interval.Count);
    }
}

/// <summary>Median seconds per step of each component.</summary>
public sealed record ComponentSummary(double Forward, double Backward, double Optimizer);

/// <summary>Our step beside a bare loop's.</summary>
/// <param name="StepTimeS">The bare loop.</param>
/// <param name="Ratio">Median over steps of our time over the bare loop's in the same turn.</param>
public sealed record BareComparison(StepTimeSummary StepTimeS, double Ratio);

/// <summary>How a burst ended.</summary>
public enum BurstStatus
{
    /// <summary>Measured.</summary>
    Ok,

    /// <summary>It needs more memory than the machine can give; that is a result too.</summary>
    OutOfMemory,

    /// <summary>It broke; the message says how.</summary>
    Failed,
}
