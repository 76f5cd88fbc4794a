using SlmPlanner.Calibrator.Reporting;

namespace SlmPlanner.Calibrator.Proof;

/// <summary>What trials say about a calibration.</summary>
/// <param name="Trials">At least one.</param>
internal sealed record MachineScore(IReadOnlyList<MachineTrial> Trials)
{
    private const int Choices = 10;
    private const int Draws = 300;
    private const double LeastOwedError = 0.06, OwedPerRepeatability = 1.5;

    /// <summary>Mean absolute error of step time, all measurements of a configuration as one.</summary>
    public double StepError => Trials.Average(trial => Math.Abs(trial.Error));

    /// <summary>The same against the first measurement alone.</summary>
    public double FirstError => Trials.Average(trial => Math.Abs(trial.First.Error));

    /// <summary>Mean absolute error of the rule of thumb.</summary>
    public double NaiveError => Trials.Average(trial => Math.Abs(trial.First.NaiveSeconds / trial.MeasuredSeconds - 1));

    /// <summary>Mean absolute error had the machine kept the calibration's pace.</summary>
    public double ErrorAtPace => Trials.Average(trial => Math.Abs(trial.ErrorAtPace));

    /// <summary>Share of all measured steps in their 90 % interval.</summary>
    public double Coverage => Trials.SelectMany(trial => trial.Turns).Average(turn => turn.IsCovered ? 1.0 : 0);

    /// <summary>Mean absolute difference between two measurements of one configuration; null when none was repeated.</summary>
    public double? Repeatability => Mean(Trials.SelectMany(trial => trial.Repeats));

    /// <summary>The same had the machine kept one pace.</summary>
    public double? RepeatabilityAtPace => Mean(Trials.SelectMany(trial => trial.RepeatsAtPace));

    /// <summary>Share of measurements that other programs disturbed, 0 to 1.</summary>
    public double DisturbedShare => Trials.SelectMany(trial => trial.Turns).Average(turn => turn.IsDisturbed ? 1.0 : 0);

    /// <summary>
    /// The mean absolute error that is owed: 6 %, or one and a half times what two measurements of one configuration differ by, where that
    /// is more.
    /// </summary>
    public double OwedError => Math.Max(LeastOwedError, OwedPerRepeatability * (Repeatability ?? 0));

    /// <summary>
    /// Largest error of peak memory among those above 500 MB, where the fixed costs of a process no longer matter; null without any.
    /// </summary>
    public double? WorstMemoryError => Trials.Any(IsLarge) ? Trials.Where(IsLarge).Max(trial => Math.Abs(trial.MemoryError)) : null;

    /// <summary>
    /// How much slower per token the best of ten by prediction is than the best of the same ten by measurement, on average over
    /// draws by a fixed seed; null with fewer than ten trials.
    /// </summary>
    public double? BestOfTenLoss()
    {
        if (Trials.Count < Choices)
            return null;
        var random = new Random(1);
        var losses = Enumerable.Range(0, Draws).Select(_ =>
        {
            var ten = Trials.ToArray();
            random.Shuffle(ten);
            ten = ten[..Choices];
            return 1 - Speed(ten.MinBy(trial => trial.First.PredictedSeconds / trial.First.Spec.TokensPerStep)!) / ten.Max(Speed);
        });
        return losses.Average();
    }

    private static double? Mean(IEnumerable<double> differences) => differences.Select(Math.Abs).Cast<double?>().Average();

    private static double Speed(MachineTrial trial) => trial.First.Spec.TokensPerStep / trial.MeasuredSeconds;

    private static bool IsLarge(MachineTrial trial) => trial.MeasuredMemory.Count > MemoryChart.LargeBytes;
}
