using System.Diagnostics.Metrics;
using SlmPlanner.Planner.Web.Metrics;

namespace SlmPlanner.Web.Tests;

/// <summary>Listens to how the searches of one meter end.</summary>
internal sealed class PlanOutcomes : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PlanOutcomes(PlanMeter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument == meter.Plans)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
                _first.TrySetResult($"{tag.Value}");
        });
        _listener.Start();
    }

    /// <summary>The outcome of the first search that ends.</summary>
    public Task<string> First => _first.Task;

    public void Dispose() => _listener.Dispose();
}
