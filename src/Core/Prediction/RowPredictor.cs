using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Units;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Prediction;

/// <summary>Predicts rows of a measurements file one by one; a row that can't be predicted keeps its place with the reason.</summary>
/// <param name="devices">Devices.</param>
/// <param name="performance">Fits and stacks.</param>
/// <param name="memory">What stacks keep in memory, and how sure that is.</param>
/// <param name="publications">Which publication a source names; the rule alone when null.</param>
public sealed class RowPredictor(
    DeviceCatalog devices, PerformanceProfile performance, MemoryProfile memory, PublicationCatalog? publications = null)
{
    private const double Confidence = 0.9;
    private readonly RowMemory _memory = new(memory);
    private readonly WorkloadResolver _resolver = new(devices, performance.Stacks, publications);
    private readonly Dictionary<FittedModel, Predictor> _predictors = [];

    /// <summary>Predicts a row.</summary>
    public RowPrediction Predict(MeasurementRow row)
    {
        if (row.Observation is not { } observation)
            return RowPrediction.None(row.Name, row.Problem ?? "could not be read");
        try
        {
            return Predict(_resolver.Resolve(observation));
        }
        catch (InputException exception)
        {
            return RowPrediction.None(row.Name, exception.Message);
        }
    }

    private RowPrediction Predict(Workload workload)
    {
        var model = performance.For(devices.Find(workload.Observation.Machine.Gpu));
        if (!_predictors.TryGetValue(model, out var predictor))
            _predictors[model] = predictor = new(model, FitOptions.Default);
        var prediction = predictor.Predict(workload);
        var (low, high) = prediction.Interval(Confidence);
        var recipe = workload.Observation.Recipe;
        double? tokens = recipe is { MicroBatch: not null, GradAccum: not null } ? workload.Setups[0].TokensPerDevice : null;
        var (peakGib, fits) = Memory(workload);
        return new(
            workload.Observation.Name,
            prediction.TokensPerSecond,
            low,
            high,
            tokens / prediction.TokensPerSecond,
            peakGib,
            fits,
            performance.Machines.Contains(workload.Device, StringComparer.OrdinalIgnoreCase) ? workload.Device : "published",
            workload.Keys.Stack ?? "unknown",
            string.Join("; ", workload.Assumptions.Concat(Novelties(model, workload))),
            predictor.NarrowedMost(workload));
    }

    /// <summary>A calibrated machine knows its own memory; elsewhere the row's stack decides.</summary>
    private (double PeakGib, double FitsProbability) Memory(Workload workload)
    {
        var (observation, device) = (workload.Observation, devices.Find(workload.Observation.Machine.Gpu));
        var usable = Bytes.FromGiB(observation.Machine.MemoryGib ?? device.MemoryGib).Count * PeakObservations.DriverShare;
        var possible = device.Memory is { } own
            ? new PeakPossibilities(memory.Outlook(own.Of(workload.Shape)), [(1, workload.Setups[0])], usable, 0)
            : _memory.Possibilities(PeakObservations.Normed(workload.Shape), workload.Setups, RowWords.Of(observation), usable);
        return (new Bytes(possible.Median(_memory.PeakKind(observation) ?? MemoryKind.Device)).GiB, possible.FitsProbability(usable));
    }

    private static IEnumerable<string> Novelties(FittedModel model, Workload workload)
    {
        if (workload.Keys.Stack is not { } stack)
            yield return "stack unknown: population of stacks";
        else if (!model.Stacks.Contains(stack))
            yield return workload.Keys.Family is { } family
                ? $"stack has no rows: family {family}" : "stack has no rows and no known words: population of stacks";
        if (workload.Keys.Device is { } device && !model.Devices.Contains(device))
            yield return "device has no rows: datasheet and other devices";
    }
}
