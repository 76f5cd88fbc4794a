using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Fitting;

namespace SlmPlanner.Core.Accuracy;

/// <summary>Peaks of rows that split the model by tensors or stages, to which no number of the memory model but one was fitted.</summary>
/// <param name="Rows">Rows that report a peak.</param>
/// <param name="MeanError">Their mean absolute relative error; NaN without any.</param>
/// <param name="MedianError">Its median.</param>
public sealed record SplitPeaks(int Rows, double MeanError, double MedianError)
{
    /// <summary>The errors of those of some runs that split the model and tell a peak.</summary>
    /// <param name="runs">Runs.</param>
    /// <param name="memory">The memory profile.</param>
    public static SplitPeaks Of(IEnumerable<PeakObservation> runs, MemoryProfile memory)
    {
        var errors = runs.Where(run => run.PeakBytes is not null && run.Ways[0].Setup.Layout.SplitsModel)
            .Select(run => Error(run, memory)).Order().ToList();
        return errors.Count == 0 ? new(0, double.NaN, double.NaN) : new(errors.Count, errors.Average(), errors[errors.Count / 2]);
    }

    private static double Error(PeakObservation run, MemoryProfile memory)
    {
        var outlook = memory.Outlook(run.Shape, run.Stack, run.Kernels);
        var possible = new PeakPossibilities(outlook, run.Ways, run.DeviceBytes, memory.Fit.RunnableShare, run.OfFirstStage);
        return Math.Abs((new LeftOutPeak(run, 1, possible).Bytes / run.PeakBytes!.Value) - 1);
    }
}
