using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Prediction;

/// <summary>How far a measured run is from what all else says, and which wrong field would explain it.</summary>
/// <param name="Deviations">Measured less predicted log time in standard deviations, widened as intervals are; above 0 it was
/// slower.</param>
/// <param name="SpeedRatio">Measured over predicted tokens per second.</param>
/// <param name="Explanations">Fields with which it would agree, the best first; empty where it agrees, or nothing explains it.</param>
public sealed record Contradiction(double Deviations, double SpeedRatio, IReadOnlyList<FieldExplanation> Explanations)
{
    /// <summary>Deviations from which on a run contradicts the rest: beyond its 99 % interval.</summary>
    public const double Grave = 2.58;

    /// <summary>Deviations within which an explanation agrees.</summary>
    private const double Agrees = 1;

    private const int Most = 4;
    private const double Confidence = 0.99;

    /// <summary>Whether it contradicts the rest.</summary>
    public bool IsGrave => Math.Abs(Deviations) > Grave;

    /// <summary>Compares a run with a fit that has not learned it.</summary>
    /// <param name="observation">The run, with its measured speed.</param>
    /// <param name="resolver">Catalogs.</param>
    /// <param name="model">The fit.</param>
    /// <param name="devices">Devices that it may have been instead.</param>
    /// <exception cref="InputException">The run can't be predicted, or has no speed.</exception>
    public static Contradiction Of(Observation observation, WorkloadResolver resolver, FittedModel model, IEnumerable<Accelerator> devices)
    {
        if (observation.TokensPerSecondPerGpu is null)
            throw new InputException($"{observation.Name}: has no measured speed");
        var predictor = new Predictor(model, FitOptions.Default);
        var (deviations, ratio) = Against(observation, resolver, predictor);
        if (Math.Abs(deviations) <= Grave)
            return new(deviations, ratio, []);
        var explanations = Alternatives(observation, devices)
            .Select(other => (other.Field, other.Value, Deviations: Tried(other.Observation, resolver, predictor)))
            .Where(other => Math.Abs(other.Deviations) < Agrees)
            .OrderBy(other => Math.Abs(other.Deviations)).Take(Most);
        return new(deviations, ratio, [.. explanations.Select(other => new FieldExplanation(other.Field, other.Value, other.Deviations))]);
    }

    private static double Tried(Observation observation, WorkloadResolver resolver, Predictor predictor)
    {
        try
        {
            return Against(observation, resolver, predictor).Deviations;
        }
        catch (InputException)
        {
            return double.PositiveInfinity;
        }
    }

    private static (double Deviations, double Ratio) Against(Observation observation, WorkloadResolver resolver, Predictor predictor)
    {
        var workload = resolver.Resolve(observation);
        var predicted = predictor.Predict(workload);
        var deviation = predicted.LogDeviation * predicted.Scale.At(Confidence);
        return ((workload.LogSecondsPerToken - predicted.LogSecondsPerToken) / deviation,
            observation.TokensPerSecondPerGpu!.Value / predicted.TokensPerSecond);
    }

    /// <summary>The run with one field otherwise: what people and logs get wrong.</summary>
    private static IEnumerable<(string Field, string Value, Observation Observation)> Alternatives(
        Observation seen, IEnumerable<Accelerator> devices)
    {
        var (machine, recipe) = (seen.Machine, seen.Recipe);
        foreach (var device in devices.Where(device => device.Evidence != Evidence.Calibrated && device.Name != machine.Gpu))
            yield return ("gpu", device.Name, seen with { Machine = machine with { Gpu = device.Name, MemoryGib = null } });
        foreach (var kind in Others(recipe.Attention))
            yield return ("attention", kind.Word, seen with { Recipe = recipe with { Attention = kind.Value, AttentionKernel = null } });
        foreach (var kind in Others(recipe.Precision))
            yield return ("precision", kind.Word, seen with
            {
                Recipe = recipe with { Precision = kind.Value, MayBePure = false, IsPureFp16 = null },
            });
        foreach (var kind in Others(recipe.Recomputation))
            yield return ("recompute", kind.Word, seen with { Recipe = recipe with { Recomputation = kind.Value } });
        if (seen.Stack.Compile is { } compiled)
            yield return ("compile", compiled ? "no" : "yes", seen with { Stack = seen.Stack with { Compile = !compiled } });
        foreach (var factor in new[] { 2, 4, 8 })
        {
            if (recipe.MicroBatch is { } batch)
                yield return ("micro-batch", $"{batch * factor}", seen with { Recipe = recipe with { MicroBatch = batch * factor } });
            if (recipe.MicroBatch is { } whole && whole % factor == 0)
                yield return ("micro-batch", $"{whole / factor}", seen with { Recipe = recipe with { MicroBatch = whole / factor } });
        }
        if (machine.Gpus > 1)
            yield return ("tokens per second", "of all GPUs", seen with
            {
                Speed = seen.Speed! with { TokensPerSecondPerGpu = seen.Speed.TokensPerSecondPerGpu / machine.Gpus },
            });
        if (recipe.SeqLen is > 1 and var length)
            yield return ("seq-len", $"{length / 2}", seen with { Recipe = recipe with { SeqLen = length / 2 } });
    }

    private static IEnumerable<(T Value, string Word)> Others<T>(T? stated) where T : struct, Enum => stated is null ? []
        : Enum.GetValues<T>().Where(value => !value.Equals(stated.Value)).Select(value => (value, DeclaredName.Of(value)));
}

/// <summary>A field with which a run would agree with the rest.</summary>
/// <param name="Field">The option that states it: <c>gpu</c>, <c>attention</c>, …</param>
/// <param name="Value">What it would have to be.</param>
/// <param name="Deviations">How far the run would be then, in standard deviations.</param>
public sealed record FieldExplanation(string Field, string Value, double Deviations);
