namespace SlmPlanner.Core.Training;

/// <summary>
/// Measured pipelines of one stack some of whose runs stalled: each message between stages came late, whatever its size and the layout.
/// Counted by number of devices in <c>profiles/stalled_pipelines.json</c>; such rows are in no fit.
/// </summary>
/// <param name="SchemaVersion">Version of the file format.</param>
/// <param name="Stack">The stack, as our list of stacks names it.</param>
/// <param name="Gpu">The device.</param>
/// <param name="Source">Where the runs were published, and how they were counted.</param>
/// <param name="Date">The day of the source.</param>
/// <param name="Counts">By number of devices, least first.</param>
public sealed record StalledPipelines(
    int SchemaVersion, string Stack, string Gpu, string Source, DateOnly Date, IReadOnlyList<StalledCount> Counts)
{
    /// <summary>Those on the number of devices that is nearest by its ratio, of two as near the larger; null where none is known.</summary>
    /// <param name="gpus">Devices, ≥ 1.</param>
    public StalledCount? Near(int gpus) =>
        Counts.OrderByDescending(count => count.Gpus).MinBy(count => Math.Abs(Math.Log((double)count.Gpus / gpus)));
}

/// <summary>Measured pipelines on one number of devices.</summary>
/// <param name="Gpus">Devices.</param>
/// <param name="Pipelines">Runs with stages.</param>
/// <param name="Stalled">Those of them that stalled.</param>
/// <param name="LeastSeconds">How late a message came in the stalled run with the least, seconds.</param>
/// <param name="MedianSeconds">The same in the median of them.</param>
/// <param name="MostSeconds">The same in the one with the most.</param>
public sealed record StalledCount(
    int Gpus, int Pipelines, int Stalled, double LeastSeconds, double MedianSeconds, double MostSeconds)
{
    /// <summary>Share of the runs with stages that stalled, 0 to 1.</summary>
    public double Share() => (double)Stalled / Pipelines;
}
