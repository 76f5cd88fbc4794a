using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>
/// Forecasts a run: the steps that are left at the pace since the last lasting change, with evaluations, checkpoints and interruptions as
/// often and as long as so far. Its spread is that of the median, of what the pace drifts, and of how often the run was interrupted; a
/// short log leans on the plan.
/// </summary>
public static class ProgressForecast
{
    private const double Normal90 = 1.645, SecondsPerHour = 3600;
    private const double LeastDrift = 0.01, DriftOfShortLog = 0.03;
    private const int ShortLog = 20, Blocks = 10;

    /// <summary>The progress of a run.</summary>
    /// <exception cref="InputException">The log tells no step time.</exception>
    public static RunProgress Of(RunLog log, SteadyState steady, RunNumbers numbers, TrackedPlan tracked)
    {
        var tokensPerStep = numbers.TokensPerStep ?? tracked.TokensPerStep;
        var step = numbers.StepSeconds?.Median ?? StepOf(numbers, tracked, tokensPerStep);
        var timeline = RunTimeline.Of(log, steady, step);
        var done = log.Steps.Count == 0 ? 0 : log.Steps[^1].Step + (log.Steps.Min(one => one.Step) == 0 ? 1 : 0);
        var total = Math.Max(1, (int)Math.Min(int.MaxValue, Math.Ceiling(tracked.Plan.Tokens / tokensPerStep)));
        var (pace, spread) = Pace(log, steady, step, tracked, tokensPerStep);
        var elapsed = timeline.TotalSeconds;
        var (overhead, interruptions, interruptionSpread) = Overheads(timeline);
        var left = Math.Max(0, total - done) * pace * (1 + overhead) * (1 + interruptions);
        var sigma = Math.Sqrt(spread * spread + interruptionSpread * interruptionSpread + Wander(steady, left, elapsed));
        var factor = Math.Exp(Normal90 * sigma);
        var finish = new Band((elapsed + left / factor) / SecondsPerHour, (elapsed + left) / SecondsPerHour,
            (elapsed + left * factor) / SecondsPerHour);
        var cost = finish.Through(hours => hours * tracked.UsdPerHour + tracked.Plan.EgressUsd);
        var paceFactor = Math.Exp(Normal90 * spread);
        var progress = new RunProgress
        {
            StepsDone = done, StepsTotal = total, TokensDone = done * tokensPerStep,
            TokensPerSecond = new(tokensPerStep / pace / paceFactor, tokensPerStep / pace, tokensPerStep / pace * paceFactor),
            PlannedTokensPerSecond = new(tracked.Plan.TokensPerSecondLow, tracked.Plan.TokensPerSecond, tracked.Plan.TokensPerSecondHigh),
            ElapsedHours = elapsed / SecondsPerHour, Began = double.IsFinite(timeline.Began) ? timeline.Began : null,
            SpentUsd = elapsed / SecondsPerHour * tracked.UsdPerHour, FinishHours = finish, FinalCostUsd = cost,
                UsdPerHour = tracked.UsdPerHour,
            BudgetUsd = tracked.BudgetUsd, DeadlineHours = tracked.DeadlineHours,
            WithinBudget = Within((tracked.BudgetUsd - tracked.Plan.EgressUsd) / tracked.UsdPerHour * SecondsPerHour, elapsed, left, sigma),
            WithinDeadline = Within(tracked.DeadlineHours * SecondsPerHour, elapsed, left, sigma),
            FinalLoss = LossForecast.Of(log, total) is { } loss ? new(loss.Low, loss.Median, loss.High) : null,
            Events = Events(log, steady, timeline, step),
            Course = RunCourse.Of(log, timeline, steady.Pace is { Median: > 0 } usual ? step / usual.Median : double.NaN, tokensPerStep,
                tracked.UsdPerHour),
            DataShare = double.IsFinite(steady.DataShare) ? steady.DataShare : null,
            Shares = timeline.Spells.GroupBy(spell => spell.Kind)
                .ToDictionary(group => group.Key, group => elapsed > 0 ? group.Sum(spell => spell.Seconds + spell.RedoneSeconds) / elapsed
                    : 0),
            Terms = TrackedTerm.All(
                log, tracked.Plan, (pace, tokensPerStep, double.IsFinite(steady.DataShare) ? steady.DataShare : null),
                BesideSteps(log, timeline, pace),
                Math.Min(1, (double)done / total)),
            BreaksPlan = Breaks(tracked, cost, finish),
        };
        return progress with { Advice = TrackAdvice.Of(progress, log, tracked, left, timeline.StartSeconds) };
    }

    /// <summary>Seconds in which no step was trained; the start is told with the steps up to the first line.</summary>
    private static double BesideSteps(RunLog log, RunTimeline timeline, double step)
    {
        var between = log.Steps.Count > 1 && log.Steps[0].Stretch == log.Steps[1].Stretch ? log.Steps[1].Step - log.Steps[0].Step : 1;
        var trained = log.Steps.Count == 0 ? 0 : Math.Clamp(between, 1, Math.Max(1, log.Steps[0].Step));
        return Math.Max(0, timeline.StartSeconds - trained * step) + timeline.Spells
            .Where(spell => spell.Kind != RunEventKind.ClockReset).Sum(spell => spell.Seconds + spell.RedoneSeconds);
    }

    private static double StepOf(RunNumbers numbers, TrackedPlan tracked, double tokensPerStep) =>
        numbers.TokensPerSecondPerGpu is { Median: > 0 } rate ? tokensPerStep / (rate.Median * (numbers.Gpus ?? tracked.Plan.Gpus))
        : throw new InputException("the log tells no step time yet");

    /// <summary>Seconds of a step now, and the standard deviation of its logarithm.</summary>
    private static (double Seconds, double Spread) Pace(RunLog log, SteadyState steady, double step, TrackedPlan tracked,
        double tokensPerStep)
    {
        var paces = StepPaces.Of(log).Values;
        var changed = steady.Changes.LastOrDefault(change => change.Kind == RunEventKind.Change)?.Step ?? -1;
        double[] recent = [.. steady.Steady.Where(index => log.Steps[index].Step >= changed).Select(index => paces[index])];
        if (recent.Length == 0)
            return (step, DriftOfShortLog);
        var band = MedianBand.Of(recent);
        var now = step * band.Median / steady.Pace!.Value.Median;
        var drift = recent.Length < ShortLog ? DriftOfShortLog : Math.Max(LeastDrift, DriftOf(recent));
        var spread = Math.Sqrt(band.LogError * band.LogError + drift * drift);
        if (recent.Length >= ShortLog)
            return (now, spread);
        var planned = Math.Log(tracked.Plan.TokensPerSecondHigh / tracked.Plan.TokensPerSecondLow) / (2 * Normal90);
        var (own, prior) = (1 / (spread * spread), planned > 0 ? 1 / (planned * planned) : 0);
        var middle = (own * Math.Log(now) + prior * Math.Log(tokensPerStep / tracked.Plan.TokensPerSecond)) / (own + prior);
        return (Math.Exp(middle), 1 / Math.Sqrt(own + prior));
    }

    /// <summary>
    /// Variance of the logarithm of the mean pace over what is left, where lasting changes go on as often and as large as so far: a random
    /// walk, whose mean over a stretch has a third of the variance at its end.
    /// </summary>
    private static double Wander(SteadyState steady, double left, double elapsed) => elapsed <= 0 ? 0
        : steady.Changes.Where(change => change.Kind == RunEventKind.Change)
        .Sum(change => Math.Pow(Math.Log(change.Ratio), 2)) * left / elapsed / 3;

    private static double DriftOf(double[] paces)
    {
        double[] blocks = [.. paces.Chunk(Math.Max(1, paces.Length / Blocks))
            .Select(block => Math.Log(block.Order().ElementAt(block.Length / 2)))];
        var mean = blocks.Average();
        return Math.Sqrt(blocks.Sum(block => (block - mean) * (block - mean)) / Math.Max(1, blocks.Length - 1));
    }

    private static (double Overhead, double Interruptions, double Spread) Overheads(RunTimeline timeline)
    {
        var routine = timeline.SecondsOf(RunEventKind.Evaluation, RunEventKind.Checkpoint, RunEventKind.Compilation);
        Spell[] broken = [.. timeline.Spells.Where(spell => spell.Kind is RunEventKind.Restart or RunEventKind.Gap)];
        var lost = broken.Sum(spell => spell.Seconds + spell.RedoneSeconds);
        var training = Math.Max(timeline.StepSeconds, timeline.TotalSeconds - timeline.StartSeconds - routine - lost);
        var interruptions = lost / (training + routine);
        return (routine / training, interruptions, broken.Length > 0 ? interruptions / (1 + interruptions) / Math.Sqrt(broken.Length) : 0);
    }

    private static double? Within(double? limitSeconds, double elapsed, double left, double sigma) =>
        limitSeconds is not { } limit ? null
        : left <= 0 ? (elapsed <= limit ? 1 : 0)
        : limit <= elapsed ? 0
        : MathNet.Numerics.Distributions.Normal.CDF(0, Math.Max(sigma, 1e-6), Math.Log((limit - elapsed) / left));

    private static bool Breaks(TrackedPlan tracked, Band cost, Band finish) =>
        tracked.BudgetUsd is null && tracked.DeadlineHours is null
            ? cost.Median > tracked.Plan.CostUsdHigh
            : cost.Median > tracked.BudgetUsd || finish.Median > tracked.DeadlineHours;

    private static IReadOnlyList<Spell> Events(RunLog log, SteadyState steady, RunTimeline timeline, double step)
    {
        var changes = steady.Changes.Where(change => change.Kind == RunEventKind.Change).Select(change =>
        {
            var at = Enumerable.Range(0, log.Steps.Count).FirstOrDefault(index => log.Steps[index].Step >= change.Step);
            var since = timeline.TotalSeconds - timeline.Elapsed[at];
            return new Spell(RunEventKind.Change, change.Step, timeline.Elapsed[at], since * (1 - 1 / change.Ratio), Ratio: change.Ratio);
        });
        return [.. timeline.Spells.Concat(changes).OrderBy(spell => spell.FromSeconds)];
    }
}
