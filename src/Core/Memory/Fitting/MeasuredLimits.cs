using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// Measured limits: the largest micro-batch of a source that ran where a larger one, at most twice as large, ran out of memory. There the
/// peak is near the memory of the device, whether or not it was printed: no higher for the one that ran, and higher for the one that did
/// not.
/// </summary>
internal static class MeasuredLimits
{
    /// <summary>Every such limit.</summary>
    public static IEnumerable<MeasuredLimit> Of(IEnumerable<LeftOutPeak> rows) =>
        from alike in rows.Where(row => row.Seen.IsReport).GroupBy(Alike)
        let ran = alike.Where(row => row.Seen.Ran).MaxBy(MicroBatch)
        where ran is not null
        let failed = alike.Where(row => !row.Seen.Ran && MicroBatch(row) > MicroBatch(ran) && MicroBatch(row) <= 2 * MicroBatch(ran))
        .MinBy(MicroBatch)
        where failed is not null
        select new MeasuredLimit(ran.Seen.DeviceBytes, ran.Peak.DeviceMedian(), failed.Peak.DeviceMedian());

    private static int MicroBatch(LeftOutPeak row) => row.Seen.Ways[0].Setup.MicroBatch;

    private static (string, string?, Models.TransformerShape, double, TrainingSetup) Alike(LeftOutPeak row) => (
        row.Seen.Source, row.Seen.Stack, row.Seen.Shape with { Name = "" }, row.Seen.DeviceBytes,
        row.Seen.Ways[0].Setup with { MicroBatch = 1, GradAccum = 1 });
}

/// <summary>A measured limit and what is predicted there, bytes.</summary>
/// <param name="Device">Memory of the device that a run can use.</param>
/// <param name="Ran">Predicted peak of the largest micro-batch that ran.</param>
/// <param name="Failed">Predicted peak of the smallest that ran out of memory.</param>
internal readonly record struct MeasuredLimit(double Device, double Ran, double Failed)
{
    /// <summary>How far the predicted peak of what ran is from the device's memory, as a share of it.</summary>
    public double Off => Math.Abs((Ran / Device) - 1);

    /// <summary>
    /// How far it would be on average if the prediction were right, since micro-batches have steps: half of the step between the two.
    /// </summary>
    public double HalfStep => Math.Max(0, 1 - (Ran / Failed)) / 2;

    /// <summary>
    /// How far the prediction contradicts what happened: by how much what ran is above the device's memory, or what failed below it.
    /// </summary>
    public double Outside => Math.Max(Math.Max(0, (Ran / Device) - 1), 1 - (Failed / Device));
}
