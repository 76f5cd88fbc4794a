using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>The stages of a burst: warm up until steady, then measure until the median is tight or the budget is spent.</summary>
internal static class StageLoop
{
    /// <summary>Runs the stages and yields every sample as it is taken.</summary>
    /// <param name="rules">When stages end.</param>
    /// <param name="step">Runs one step; its arguments say whether it warms up and whether it is surely the last one.</param>
    /// <param name="stop">Ends the stages early, before the next step.</param>
    public static IEnumerable<StepSample> Run(StoppingRules rules, Func<bool, bool, StepSample> step, CancellationToken stop)
    {
        List<double> warmup = [];
        while (!rules.IsWarm(warmup) && !stop.IsCancellationRequested)
        {
            var sample = step(true, false);
            warmup.Add(sample.StepSeconds);
            yield return sample;
        }
        List<double> measured = [];
        var spent = warmup.Sum();
        while (!rules.IsEnough(measured, spent) && !stop.IsCancellationRequested)
        {
            var sample = step(false, measured.Count + 1 >= rules.MostSteps);
            measured.Add(sample.StepSeconds);
            spent += sample.StepSeconds;
            yield return sample;
        }
    }
}
