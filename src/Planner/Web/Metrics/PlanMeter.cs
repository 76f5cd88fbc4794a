using System.Diagnostics.Metrics;
using SlmPlanner.Planner.Web.Calibration;

namespace SlmPlanner.Planner.Web.Metrics;

/// <summary>The figures of the server: plans, their times, and how busy the watched calibration keeps its machine.</summary>
internal sealed class PlanMeter : IDisposable
{
    /// <summary>Name under which exporters find the figures.</summary>
    public const string Name = "SlmPlanner.Web";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _reused;
    private readonly Histogram<double> _seconds;

    /// <summary>Declares the figures.</summary>
    /// <param name="run">The calibration that is watched; null for none.</param>
    public PlanMeter(RunTail? run)
    {
        Plans = _meter.CreateCounter<long>("slm.plans", description: "Searches made, by outcome.");
        _reused = _meter.CreateCounter<long>("slm.plans.reused",
            description: "Answers rendered from a search made before; those kept whole are not counted.");
        _seconds = _meter.CreateHistogram<double>("slm.plan.duration", "s", "Time of a search and its answer.");
        if (run is null)
            return;
        _meter.CreateObservableGauge("slm.calibration.bursts", () => run.Read().Bursts.Count,
            description: "Bursts of the watched calibration.");
        _meter.CreateObservableGauge("slm.calibration.utilisation", () => Utilisation(run),
            description: "Share of its threads or GPU that the latest burst kept busy.");
    }

    /// <summary>Searches, by how they ended.</summary>
    public Counter<long> Plans { get; }

    /// <summary>A search was made.</summary>
    public void Planned(bool isFeasible, TimeSpan elapsed)
    {
        Plans.Add(1, new KeyValuePair<string, object?>("outcome", isFeasible ? "feasible" : "infeasible"));
        _seconds.Record(elapsed.TotalSeconds);
    }

    /// <summary>A search was ended, since nobody waited for it any more.</summary>
    public void Abandoned() => Plans.Add(1, new KeyValuePair<string, object?>("outcome", "abandoned"));

    /// <summary>An answer was at hand.</summary>
    public void Reused() => _reused.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<double>> Utilisation(RunTail run) =>
        run.Read() is { Latest: { } latest } snapshot && latest.MeanBusy(snapshot.Threads) is { } busy ? [new(busy)] : [];
}
