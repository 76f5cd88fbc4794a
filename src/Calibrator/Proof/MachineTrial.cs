using MathNet.Numerics.Statistics;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Calibrator.Proof;

/// <summary>
/// One configuration that a calibration has not seen, predicted once and measured in several processes some minutes apart.
/// </summary>
/// <param name="Turns">Its step time, predicted and measured, for each measurement; at least one.</param>
/// <param name="PredictedMemory">Predicted peak.</param>
/// <param name="MeasuredMemory">Measured peak.</param>
internal sealed record MachineTrial(IReadOnlyList<ProvedBurst> Turns, Bytes PredictedMemory, Bytes MeasuredMemory)
{
    /// <summary>The configuration with what was predicted, and the first measurement.</summary>
    public ProvedBurst First => Turns[0];

    /// <summary>Predicted over measured memory, less one.</summary>
    public double MemoryError => PredictedMemory.Count / MeasuredMemory.Count - 1;

    /// <summary>Measurements that nothing disturbed; all where each one was disturbed.</summary>
    public IReadOnlyList<ProvedBurst> QuietTurns { get; } = Turns.Any(turn => !turn.IsDisturbed)
        ? [.. Turns.Where(turn => !turn.IsDisturbed)] : Turns;

    /// <summary>All undisturbed measurements as one: the median, in the mean of logarithms where their number is even.</summary>
    public double MeasuredSeconds => Middle(turn => turn.MeasuredSeconds);

    /// <summary>Prediction over all measurements as one, less one.</summary>
    public double Error => First.PredictedSeconds / MeasuredSeconds - 1;

    /// <summary>The same had the machine kept the calibration's pace.</summary>
    public double ErrorAtPace => First.PredictedSeconds / Middle(AtPace) - 1;

    /// <summary>Differences of each undisturbed step from the one before, as shares: what no prediction can know.</summary>
    public IEnumerable<double> Repeats => Differences(turn => turn.MeasuredSeconds);

    /// <summary>
    /// The same had the machine kept one pace: what remains of the unrest when slow moments are told by the reference work.
    /// </summary>
    public IEnumerable<double> RepeatsAtPace => Differences(AtPace);

    private static double AtPace(ProvedBurst turn) => turn.MeasuredSeconds / turn.Slowdown;

    private double Middle(Func<ProvedBurst, double> seconds) => Math.Exp(QuietTurns.Select(turn => Math.Log(seconds(turn))).Median());

    private IEnumerable<double> Differences(Func<ProvedBurst, double> seconds) =>
        QuietTurns.Zip(QuietTurns.Skip(1), (before, after) => seconds(after) / seconds(before) - 1);
}
