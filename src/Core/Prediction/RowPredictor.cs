using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Prediction;

/// <summary>Predicts rows of a measurements file one by one; a row that can't be predicted keeps its place with the reason.</summary>
/// <param name="devices">Devices.</param>
/// <param name="performance">Fits and stacks.</param>
/// <param name="stacks">What stacks do that memory shows.</param>
/// <param name="publications">Which publication a source names; the rule alone when null.</param>
public sealed class RowPredictor(
    DeviceCatalog devices, PerformanceProfile performance, MemoryStacks stacks, PublicationCatalog? publications = null)
{
    private const double Confidence = 0.9;
    private readonly RowMemory _memory = new(stacks);
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
        var model = performance.For(workload.Device);
        if (!_predictors.TryGetValue(model, out var predictor))
            _predictors[model] = predictor = new(model, FitOptions.Default);
        var prediction = predictor.Predict(workload);
        var (low, high) = prediction.Interval(Confidence);
        var observation = workload.Observation;
        var recipe = observation.Recipe;
        double? tokens = recipe is { MicroBatch: { } batch, GradAccum: { } accumulation }
            ? (double)batch * accumulation * recipe.SeqLen : null;
        double? memory = recipe.MicroBatch is not null && workload.Setups.Select(setup => setup.Attention).Distinct().Count() == 1
            ? Memory(workload).Total.GiB
            : null;
        return new(
            observation.Name,
            prediction.TokensPerSecond,
            low,
            high,
            tokens / prediction.TokensPerSecond,
            memory,
            memory is { } peak ? peak <= devices.Find(observation.Machine.Gpu).MemoryGib : null,
            performance.Machines.Contains(workload.Device, StringComparer.OrdinalIgnoreCase) ? workload.Device : "published",
            workload.Keys.Stack ?? "unknown",
            string.Join("; ", workload.Assumptions.Concat(Novelties(model, workload))));
    }

    /// <summary>A calibrated machine knows its own memory; elsewhere the row's stack decides.</summary>
    private MemoryBreakdown Memory(Workload workload)
    {
        var (observation, device) = (workload.Observation, devices.Find(workload.Observation.Machine.Gpu));
        return device.Memory is { } own
            ? own.Of(workload.Shape).Predict(workload.Setups[0])
            : _memory.Predict(
                workload.Shape,
                _memory.Settle(workload.Shape, workload.Setups[0], RowWords.Of(observation), device.MemoryGib),
                observation.Stack.Name);
    }

    private static IEnumerable<string> Novelties(FittedModel model, Workload workload)
    {
        if (workload.Keys.Stack is not { } stack)
            yield return "stack unknown: population of stacks";
        else if (!model.Stacks.Contains(stack))
            yield return workload.Keys.Family is { } family
                ? $"stack has no rows: family {family}" : "stack has no rows and no known words: population of stacks";
        if (!model.Devices.Contains(workload.Device))
            yield return "device has no rows: datasheet and other devices";
    }
}
