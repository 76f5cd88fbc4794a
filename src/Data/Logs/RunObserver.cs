using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Models.Trainers;

namespace SlmPlanner.Data.Logs;

/// <summary>Makes observations of runs: joins what logs, configurations and the user say, in that order of trust from the last.</summary>
/// <param name="devices">Devices and their spellings.</param>
/// <param name="models">Models that can be named.</param>
public sealed class RunObserver(DeviceCatalog devices, ModelCatalog models)
{
    private const double SameParameters = 0.02;

    private static readonly RunField[] Sharpening =
        [RunField.Stack, RunField.MicroBatch, RunField.Precision, RunField.Attention, RunField.Recomputation];

    /// <summary>Observes a run.</summary>
    /// <param name="logged">The run as read; the user's facts and those of configurations are added to its own.</param>
    /// <param name="configs">Configurations of the run.</param>
    /// <param name="said">What the user says.</param>
    /// <param name="model">The model that the user names or a configuration describes; null where neither does.</param>
    public ObservedRun Observe(LoggedRun logged, IReadOnlyList<RunConfig> configs, RunFacts said, TransformerShape? model)
    {
        if (logged.Log is not { } log)
            return new() { Logged = logged };
        log.Facts.Add(said);
        foreach (var config in configs)
            log.Facts.Add(config.Facts);
        var shape = model ?? configs.Select(config => config.Shape).FirstOrDefault(shape => shape is not null) ?? Named(log.Facts);
        var device = log.Facts.Text(RunField.Gpu) is { } spelling
            && devices.TryFind(spelling, log.Facts.Number(RunField.GpuMemoryGib), out var known) ? known : null;
        var steady = SteadyState.Of(log);
        var numbers = RunNumbers.Of(log, steady, shape, device);
        if (numbers.Gpus is { } gpus)
            log.Facts.Set(RunField.Gpus, gpus, FactSource.Derived, "batch");
        var run = new ObservedRun
        {
            Logged = logged, Steady = steady, Numbers = numbers, Shape = shape, Device = device,
            Missing = [.. MissingFields(log, numbers, shape, device)],
            Open = [.. OpenFields(log.Facts, numbers)],
            Contradictions = RunChecks.Of(log, steady, numbers, shape, device),
        };
        if (run.Missing.Count > 0 || numbers.TokensPerSecondPerGpu is null)
            return run;
        try
        {
            return run with { Observation = RunObservation.Of(run) };
        }
        catch (InputException exception)
        {
            return run with { Refused = exception.Message };
        }
    }

    /// <summary>The model that the log names, if its parameters are as many as the log counts.</summary>
    private TransformerShape? Named(RunFacts facts)
    {
        if (facts.Text(RunField.Model) is not { } name || facts.Count(RunField.Layers) is not null)
            return null;
        var shape = models.Models.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? TorchTitanConfig.Flavor(name);
        return shape is not null && (facts.Number(RunField.Parameters) is not { } counted
            || Math.Abs(Math.Log(counted / ParameterCount.Of(shape).Total)) < SameParameters) ? shape : null;
    }

    private static IEnumerable<RunField> MissingFields(RunLog log, RunNumbers numbers, TransformerShape? shape, Accelerator? device)
    {
        if (shape is null && (log.Facts.Count(RunField.Layers) is null || log.Facts.Count(RunField.DModel) is null))
            yield return RunField.Model;
        if (device is null)
            yield return RunField.Gpu;
        if (numbers.Gpus is null)
            yield return RunField.Gpus;
        if (numbers.SeqLen is null)
            yield return RunField.SeqLen;
        if (numbers.TokensPerStep is null && numbers.GlobalBatch is null && numbers.TokensPerSecondPerGpu is null
            && !FollowsFromDevices(log))
            yield return RunField.GlobalBatch;
    }

    /// <summary>
    /// Whether a log prints both the seconds of a step and the rate of one device: the batch follows once devices are told.
    /// </summary>
    private static bool FollowsFromDevices(RunLog log) => log.Rate == RateKind.TokensPerGpu && log.RateCountsAll
        && log.Steps.Any(step => step.Seconds * step.Rate > 0);

    private static IEnumerable<RunField> OpenFields(RunFacts facts, RunNumbers numbers)
    {
        if (numbers.TokensPerStep is null && numbers.GlobalBatch is null && numbers.TokensPerSecondPerGpu is not null)
            yield return RunField.GlobalBatch;
        foreach (var field in Sharpening)
            if (facts.Text(field) is null)
                yield return field;
        if (numbers.Gpus > 1 && facts.Text(RunField.Parallelism) is null)
            yield return RunField.Parallelism;
    }
}
