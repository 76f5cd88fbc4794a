using CsCheck;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

public class StageLoopTests
{
    private static readonly StoppingRules Rules = new(
        LeastWarmupSteps: 1, MostWarmupSteps: 6, SteadyTolerance: 0.05, LeastSteps: 6, MostSteps: 60, TightInterval: 0.015,
        BudgetSeconds: 100);

    private static List<StepSample> Run(StoppingRules rules, Func<int, double> seconds) => RunUntil(rules, seconds, CancellationToken.None);

    private static List<StepSample> RunUntil(StoppingRules rules, Func<int, double> seconds, CancellationToken stop)
    {
        var count = 0;
        return [.. StageLoop.Run(rules, (warmup, _) => new StepSample(count, warmup, seconds(count++), null, null, null, 0), stop)];
    }

    [Fact]
    public void Fixed_rules_run_exactly_what_the_spec_asks_for()
    {
        var samples = Run(StoppingRules.Fixed(warmup: 3, steps: 7), i => i % 2 == 0 ? 1 : 50);
        Assert.Equal((3, 7), (samples.Count(s => s.Warmup), samples.Count(s => !s.Warmup)));
    }

    [Fact]
    public void Warm_up_lasts_until_two_steps_agree()
    {
        var samples = Run(Rules, i => i < 3 ? 8.0 / (1 << i) : 1.0);
        Assert.Equal(5, samples.Count(sample => sample.Warmup));
    }

    [Fact]
    public void Warm_up_gives_up_at_its_limit()
    {
        var samples = Run(Rules, i => 1 + i % 2);
        Assert.Equal(6, samples.Count(sample => sample.Warmup));
    }

    [Fact]
    public void Steady_steps_are_measured_as_few_times_as_the_confidence_needs()
    {
        var samples = Run(Rules, _ => 1.0);
        Assert.Equal(6, samples.Count(sample => !sample.Warmup));
    }

    [Fact]
    public void Noisy_steps_are_measured_until_the_limit()
    {
        var random = new Random(1);
        var samples = Run(Rules, _ => 0.1 + random.NextDouble());
        Assert.Equal(60, samples.Count(sample => !sample.Warmup));
    }

    [Fact]
    public void The_budget_is_never_overspent_but_by_the_first_five_measured_steps() => Gen.Double[0.5, 30].Array[80].Sample(times =>
    {
        var samples = Run(Rules, i => times[i % times.Length]);
        var measured = samples.Where(sample => !sample.Warmup).ToArray();
        Assert.NotEmpty(measured);
        var beforeLast = samples.Sum(sample => sample.StepSeconds) - measured[^1].StepSeconds;
        Assert.True(measured.Length == StoppingRules.FewestSteps || beforeLast <= Rules.BudgetSeconds);
    });

    [Fact]
    public void A_stop_ends_the_stages_before_the_next_step()
    {
        using var stop = new CancellationTokenSource();
        var samples = RunUntil(Rules, i =>
        {
            if (i == 3)
                stop.Cancel();
            return 1;
        }, stop.Token);
        Assert.Equal(4, samples.Count);
    }
}
