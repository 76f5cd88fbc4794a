using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>What in a run contradicts itself.</summary>
/// <param name="Kind">What.</param>
/// <param name="Stated">What is stated or possible.</param>
/// <param name="Found">What follows from other fields.</param>
/// <param name="Conflict">For facts of two places: both.</param>
public sealed record RunContradiction(ContradictionKind Kind, double Stated, double Found, FactConflict? Conflict = null);

/// <summary>The kinds of contradictions.</summary>
public enum ContradictionKind
{
    /// <summary>Two places say different things.</summary>
    Facts,

    /// <summary>The run would have used more than the device's peak.</summary>
    AbovePeak,

    /// <summary>More memory than the device has.</summary>
    AboveMemory,

    /// <summary>Rate times step time is not the tokens of a step.</summary>
    TokensPerStep,

    /// <summary>The rate leaves accumulation out: times its micro-batches it is right.</summary>
    AccumulationLeftOut,

    /// <summary>A running count of tokens grows by something else.</summary>
    CountedTokens,

    /// <summary>Steps take less time by the clock than they are said to.</summary>
    Clock,

    /// <summary>Rate per device, devices and clock don't give the tokens of a step.</summary>
    PerGpuRate,

    /// <summary>Micro-batch, accumulation and data-parallel ranks don't give the global batch.</summary>
    Batch,

    /// <summary>The log counts other parameters than the model has.</summary>
    Parameters,

    /// <summary>Sequences hold fewer tokens than their length: they are padded.</summary>
    Padding,
}

/// <summary>Checks every claim of a run against another.</summary>
public static class RunChecks
{
    private const double Tera = 1e12, Gibibyte = 1L << 30;
    private const double CountsAgree = 0.02, TimesAgree = 0.25, ParametersAgree = 0.1;

    /// <summary>The contradictions of a run.</summary>
    public static IReadOnlyList<RunContradiction> Of(RunLog log, SteadyState steady, RunNumbers numbers, TransformerShape? shape,
        Accelerator? device)
    {
        var found = new List<RunContradiction>(log.Facts.Conflicts
            .Select(conflict => new RunContradiction(ContradictionKind.Facts, 0, 0, conflict)));
        if ((numbers.Mfu ?? LeastMfu(log.Facts, numbers, device)) is > 1 and var mfu)
            found.Add(new(ContradictionKind.AbovePeak, 1, mfu));
        if (device is not null && log.Peaks.Values.DefaultIfEmpty().Max() / Gibibyte is var peak && peak > device.MemoryGib * 1.03)
            found.Add(new(ContradictionKind.AboveMemory, device.MemoryGib, peak));
        Batches(log, numbers, found);
        Rates(log, steady, numbers, found);
        if (shape is not null && log.Facts.Number(RunField.Parameters) is { } counted
            && ParameterCount.Of(shape).Total is var own && Differ(counted, own, ParametersAgree))
            found.Add(new(ContradictionKind.Parameters, counted, own));
        return found;
    }

    /// <summary>Model FLOPs utilisation against the device's own peak for the run's number format.</summary>
    internal static double? Mfu(RunFacts facts, MedianBand? perGpu, int? seqLen, TransformerShape? shape, Accelerator? device)
    {
        if (perGpu is not { } rate || seqLen is not { } length || shape is null || device is null)
            return null;
        return FlopCount.Training(shape, length).Total.Count * rate.Median / PeakOf(facts, device);
    }

    /// <summary>At least this much: six operations for each parameter and token, attention left out.</summary>
    private static double? LeastMfu(RunFacts facts, RunNumbers numbers, Accelerator? device) =>
        device is null ? null : 6 * facts.Number(RunField.Parameters) * numbers.TokensPerSecondPerGpu?.Median / PeakOf(facts, device);

    private static double? PeakOf(RunFacts facts, Accelerator device)
    {
        var precision = facts.Text(RunField.Precision) switch
        {
            "fp16" or "fp16-mixed" => Precision.Fp16Mixed,
            "fp8" or "fp8-mixed" => Precision.Fp8Mixed,
            "fp32" => Precision.Fp32,
            "tf32" => Precision.Tf32,
            _ => device.DefaultPrecision(),
        };
        return device.PeakTflops(precision) * Tera;
    }

    private static void Batches(RunLog log, RunNumbers numbers, List<RunContradiction> found)
    {
        var facts = log.Facts;
        if (numbers.TokensPerStep is { } tokens && double.IsFinite(log.CountedTokensPerStep)
            && Differ(log.CountedTokensPerStep, tokens, CountsAgree))
            found.Add(new(ContradictionKind.CountedTokens, tokens, log.CountedTokensPerStep));
        if (numbers.SeqLen is { } length && log.CountedTokensPerSample < length * (1 - CountsAgree))
            found.Add(new(ContradictionKind.Padding, length, log.CountedTokensPerSample));
        double? model = (facts.Count(RunField.Tensor) ?? 1) * (facts.Count(RunField.Pipeline) ?? 1) * (facts.Count(RunField.Context) ?? 1);
        var made = (double?)facts.Count(RunField.MicroBatch) * facts.Count(RunField.GradAccum) * numbers.Gpus / model;
        if (made is { } sequences && numbers.GlobalBatch is { } batch && Differ(sequences, batch, CountsAgree))
            found.Add(new(ContradictionKind.Batch, batch, sequences));
    }

    private static void Rates(RunLog log, SteadyState steady, RunNumbers numbers, List<RunContradiction> found)
    {
        if (numbers.TokensPerStep is not { } tokens)
            return;
        if (RunBatch.Implied(log, steady, numbers.Gpus) is { } implied && Differ(implied, tokens, CountsAgree))
            found.Add(log.Facts.Number(RunField.GradAccum) is { } accumulation && !Differ(implied * accumulation, tokens, CountsAgree)
                ? new(ContradictionKind.AccumulationLeftOut, tokens, implied)
                : new(ContradictionKind.TokensPerStep, tokens, implied));
        if (!double.IsFinite(steady.ClockSeconds) || log.Clock != ClockKind.Wall || numbers.StepSeconds is not { } step)
            return;
        if (steady.Unit == PaceUnit.InverseRate && log.Rate == RateKind.TokensPerGpu
            && Differ(steady.ClockSeconds, step.Median, TimesAgree))
            found.Add(new(ContradictionKind.PerGpuRate, step.Median, steady.ClockSeconds));
        else if (log.Rate != RateKind.Samples && steady.ClockSeconds < step.Median * (1 - TimesAgree))
            found.Add(new(ContradictionKind.Clock, step.Median, steady.ClockSeconds));
    }

    private static bool Differ(double left, double right, double within) => Math.Abs(Math.Log(left / right)) > within;
}
