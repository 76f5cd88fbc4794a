using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Calibration;

/// <summary>Predicts rows of a measurements file one by one; a row that can't be predicted keeps its place with the reason.</summary>
/// <param name="devices">Devices.</param>
/// <param name="performance">Fits and stacks.</param>
public sealed class RowPredictor(DeviceCatalog devices, PerformanceProfile performance)
{
    private const double Confidence = 0.9;
    private readonly RowMemory _memory = new(performance.Stacks);
    private readonly WorkloadResolver _resolver = new(devices, performance.Stacks);
    private readonly Dictionary<FittedModel, Predictor> _predictors = [];

    /// <summary>Predicts a row.</summary>
    public RowPrediction Predict(MeasurementRow row)
    {
        if (row.Record is not { } record)
            return RowPrediction.None(row.Id, row.Problem ?? "could not be read");
        try
        {
            return Predict(_resolver.Resolve(record));
        }
        catch (InputException exception)
        {
            return RowPrediction.None(row.Id, exception.Message);
        }
    }

    private RowPrediction Predict(Workload workload)
    {
        var model = performance.For(devices.Find(workload.Record.Gpu));
        if (!_predictors.TryGetValue(model, out var predictor))
            _predictors[model] = predictor = new(model, FitOptions.Default);
        var prediction = predictor.Predict(workload);
        var (low, high) = prediction.Interval(Confidence);
        var record = workload.Record;
        double? tokens = record is { MicroBatch: { } batch, GradAccum: { } accumulation } ? (double)batch * accumulation * record.SeqLen : null;
        double? memory = record.MicroBatch is not null && workload.Setups.Select(setup => setup.Attention).Distinct().Count() == 1
            ? Memory(workload).Total.GiB
            : null;
        return new(
            record.Id,
            prediction.TokensPerSecond,
            low,
            high,
            tokens / prediction.TokensPerSecond,
            memory,
            memory is { } peak ? peak <= devices.Find(record.Gpu).MemoryGib : null,
            performance.Machines.Contains(workload.Device, StringComparer.OrdinalIgnoreCase) ? workload.Device : "published",
            workload.Keys.Stack ?? "unknown",
            string.Join("; ", workload.Assumptions.Concat(Novelties(model, workload))));
    }

    /// <summary>A calibrated machine knows its own memory; elsewhere the row's stack decides.</summary>
    private MemoryBreakdown Memory(Workload workload)
    {
        var (record, device) = (workload.Record, devices.Find(workload.Record.Gpu));
        return device.Memory is { } own
            ? own.Of(workload.Shape).Predict(workload.Setups[0])
            : _memory.Predict(workload.Shape, _memory.Settle(workload.Shape, workload.Setups[0], new(record.Stack, record.Precision, record.Recomputation), device.MemoryGib), record.Stack);
    }

    private static IEnumerable<string> Novelties(FittedModel model, Workload workload)
    {
        if (workload.Keys.Stack is not { } stack)
            yield return "stack unknown: population of stacks";
        else if (!model.Stacks.Contains(stack))
            yield return workload.Keys.Family is { } family ? $"stack has no rows: family {family}" : "stack has no rows and no known words: population of stacks";
        if (workload.Keys.Device is { } device && !model.Devices.Contains(device))
            yield return "device has no rows: datasheet and other devices";
    }
}
