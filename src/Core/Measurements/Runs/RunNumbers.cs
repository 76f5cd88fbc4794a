using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>What follows from a run's steady steps and facts. What is not known is null.</summary>
public sealed record RunNumbers
{
    /// <summary>Devices.</summary>
    public int? Gpus { get; init; }

    /// <summary>Tokens per sequence.</summary>
    public int? SeqLen { get; init; }

    /// <summary>Sequences per step.</summary>
    public double? GlobalBatch { get; init; }

    /// <summary>Tokens per step over all devices.</summary>
    public double? TokensPerStep { get; init; }

    /// <summary>Seconds of a step.</summary>
    public MedianBand? StepSeconds { get; init; }

    /// <summary>Tokens per second and device.</summary>
    public MedianBand? TokensPerSecondPerGpu { get; init; }

    /// <summary>Model FLOPs over the device's own peak; null where either is unknown.</summary>
    public double? Mfu { get; init; }

    /// <summary>The numbers of a run.</summary>
    public static RunNumbers Of(RunLog log, SteadyState steady, TransformerShape? shape, Accelerator? device)
    {
        var batch = RunBatch.Of(log, steady);
        var pace = steady.Pace;
        var (step, perGpu) = steady.Unit switch
        {
            PaceUnit.Seconds => (pace, Rate(pace, batch.TokensPerStep / batch.Gpus)),
            PaceUnit.InverseRate => ByRate(log.Rate, pace, batch, steady),
            _ => (null, null),
        };
        return new()
        {
            Gpus = batch.Gpus,
            SeqLen = batch.SeqLen,
            GlobalBatch = batch.Sequences,
            TokensPerStep = batch.TokensPerStep,
            StepSeconds = step,
            TokensPerSecondPerGpu = perGpu,
            Mfu = RunChecks.Mfu(log.Facts, perGpu, batch.SeqLen, shape, device),
        };
    }

    private static (MedianBand?, MedianBand?) ByRate(RateKind kind, MedianBand? pace, RunBatch batch, SteadyState steady)
    {
        var (perStep, tokens) = kind switch
        {
            RateKind.TokensPerGpu => (batch.TokensPerStep / batch.Gpus, 1.0),
            RateKind.Tokens => (batch.TokensPerStep, 1.0 / batch.Gpus),
            RateKind.Samples => (batch.Sequences, batch.TokensPerStep / batch.Sequences / batch.Gpus),
            RateKind.Steps => (1.0, batch.TokensPerStep / batch.Gpus),
            _ => ((double?)null, (double?)null),
        };
        var step = Times(pace, perStep);
        return (step ?? steady.ClockPace, Rate(pace, tokens));
    }

    private static MedianBand? Times(MedianBand? band, double? factor) =>
        band is { } one && factor is { } by and > 0 ? new(one.Median * by, one.Low * by, one.High * by, one.Count) : null;

    private static MedianBand? Rate(MedianBand? pace, double? amount) =>
        pace is { Low: > 0 } one && amount is { } of and > 0 ? new(of / one.Median, of / one.High, of / one.Low, one.Count) : null;
}
