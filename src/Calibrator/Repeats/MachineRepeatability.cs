using System.Text.Json;
using MathNet.Numerics.Statistics;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Repeats;

/// <summary>How far measurements of one configuration at different moments differ on this machine: what no prediction can know.</summary>
/// <param name="Pairs">Pairs of successive measurements of one configuration, ≥ 1.</param>
/// <param name="StepTime">Mean absolute difference of their steps, as a share.</param>
/// <param name="StepTimeAtPace">The same had the machine kept one pace.</param>
/// <param name="LogSpread">Standard deviation of the logarithm of one measurement, by the median of their absolute differences.</param>
internal sealed record MachineRepeatability(int Pairs, double StepTime, double StepTimeAtPace, double LogSpread)
{
    /// <summary>
    /// Standard deviation of a normal distribution over the median of its absolute values; a difference has √2 times one's own.
    /// </summary>
    private const double NormalPerMedian = 1.4826;

    /// <summary>Of all configurations that were measured several times; null where none was.</summary>
    /// <param name="measurements">Measurements by configuration, in order.</param>
    /// <param name="pace">The machine's pace.</param>
    /// <param name="cores">Cores of the machine, ≥ 1.</param>
    public static MachineRepeatability? Of(IEnumerable<IReadOnlyList<BurstResult>> measurements, MachinePace pace, int cores)
    {
        (double Raw, double AtPace)[] logs = [.. measurements.SelectMany(group => Differences(group, pace, cores))];
        return logs.Length == 0 ? null : new(
            logs.Length, logs.Average(log => Share(log.Raw)), logs.Average(log => Share(log.AtPace)),
            NormalPerMedian / Math.Sqrt(2) * logs.Select(log => Math.Abs(log.Raw)).Median());
    }

    /// <summary>As it stands in a profile: <c>pairs</c>, <c>step_time</c>, <c>step_time_at_pace</c> and <c>log_spread</c>.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, MeasurementJson.Line);

    private static IEnumerable<(double Raw, double AtPace)> Differences(IReadOnlyList<BurstResult> group, MachinePace pace, int cores)
    {
        (double Raw, double AtPace)[] logs =
        [
            .. group.Where(burst => burst.StepTimeS is not null).Select(burst =>
            {
                var log = Math.Log(UndisturbedStep.Of(burst, Disturbance.Of(burst, cores)).Median);
                var slowdown = pace.Slowdown(burst with { ReferenceSeconds = UndisturbedStep.ReferenceSeconds(burst) });
                return (log, log - Math.Log(slowdown));
            }),
        ];
        return logs.Zip(logs.Skip(1), (before, after) => (after.Raw - before.Raw, after.AtPace - before.AtPace));
    }

    private static double Share(double log) => Math.Abs(Math.Exp(log) - 1);
}
