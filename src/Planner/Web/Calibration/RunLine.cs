using System.Text.Json.Serialization;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>What the dashboard reads of one line of a run's <c>measurements.jsonl</c>; all else of the line is passed over.</summary>
internal sealed record RunLine
{
    /// <summary>When it was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The machine; on the first line of each run.</summary>
    public RunMachine? Environment { get; init; }

    /// <summary>A burst.</summary>
    public RunBurst? Burst { get; init; }

    /// <summary>True for a burst held back to prove the profile.</summary>
    public bool HeldOut { get; init; }
}

/// <summary>Where a run measures.</summary>
/// <param name="Device">Name of the device in profiles.</param>
/// <param name="Machine">Name of the host.</param>
/// <param name="Threads">Threads of a burst.</param>
/// <param name="BudgetS">Seconds that the run may take.</param>
internal sealed record RunMachine(string Device, string Machine, int Threads, double BudgetS);

/// <summary>A burst: its configuration, how it ended and how busy the machine was.</summary>
internal sealed record RunBurst
{
    /// <summary>The configuration.</summary>
    public required BurstShape Spec { get; init; }

    /// <summary>How it ended: <c>ok</c>, or what went wrong.</summary>
    public required string Status { get; init; }

    /// <summary>Median step time and half of its 95 % interval; null where it was not measured.</summary>
    public BurstStep? StepTimeS { get; init; }

    /// <summary>Tokens per second at the median step.</summary>
    public double? TokensPerS { get; init; }

    /// <summary>How busy the machine was, sample by sample.</summary>
    public IReadOnlyList<BusySample> Utilisation { get; init; } = [];

    /// <summary>Mean share of its threads, or of the GPU, that the burst kept busy, 0 to 1; null without samples.</summary>
    public double? MeanBusy(int threads)
    {
        var shares = Utilisation.Select(sample => sample.Share(threads)).OfType<double>().ToArray();
        return shares.Length == 0 ? null : shares.Average();
    }
}

/// <summary>The part of a burst's configuration that names it.</summary>
internal sealed record BurstShape(
    int NLayers, int DModel, int SeqLen, int MicroBatch, int GradAccum, string Precision, string Attention, string? Recomputation);

/// <summary>A step time in seconds, with half of the median's 95 % interval.</summary>
internal sealed record BurstStep(double Median, double Spread);

/// <summary>One sample of how busy the machine was.</summary>
/// <param name="TimeS">Seconds since the burst started.</param>
/// <param name="BurstCores">Cores that the burst kept busy.</param>
/// <param name="OtherCores">Cores that everything else kept busy.</param>
/// <param name="GpuBusy">Share of time in which the GPU ran a kernel.</param>
internal sealed record BusySample(double TimeS, double? BurstCores, double? OtherCores, double? GpuBusy)
{
    /// <summary>The share of the burst's threads, or of the GPU, that was busy, 0 to 1.</summary>
    public double? Share(int threads) => GpuBusy ?? (BurstCores is { } cores ? Math.Clamp(cores / threads, 0, 1) : null);
}

/// <summary>The contract of <see cref="RunLine"/>, generated at build time. Keys that are not named here are passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunLine))]
internal sealed partial class RunLineJson : JsonSerializerContext;
