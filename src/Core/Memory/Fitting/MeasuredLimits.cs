using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// Measured limits: the largest micro-batch of a source that ran where a larger one, at most twice as large, ran out of memory. There the peak is near the memory of the
/// device, whether or not it was printed.
/// </summary>
internal static class MeasuredLimits
{
    /// <summary>How far the predicted peak is from the memory that a run can use, as a share of it, at every such limit.</summary>
    public static IEnumerable<double> Of(IEnumerable<LeftOutPeak> rows) =>
        from alike in rows.Where(row => row.Seen.IsReport).GroupBy(Alike)
        let ran = alike.Where(row => row.Seen.Ran).MaxBy(MicroBatch)
        where ran is not null && alike.Any(row => !row.Seen.Ran && MicroBatch(row) > MicroBatch(ran) && MicroBatch(row) <= 2 * MicroBatch(ran))
        select Math.Abs((ran.Peak.DeviceMedian() / ran.Seen.DeviceBytes) - 1);

    private static int MicroBatch(LeftOutPeak row) => row.Seen.Ways[0].Setup.MicroBatch;

    private static (string, string?, Models.TransformerShape, double, TrainingSetup) Alike(LeftOutPeak row) => (
        row.Seen.Source, row.Seen.Stack, row.Seen.Shape with { Name = "" }, row.Seen.DeviceBytes,
        row.Seen.Ways[0].Setup with { MicroBatch = 1, GradAccum = 1 });
}
