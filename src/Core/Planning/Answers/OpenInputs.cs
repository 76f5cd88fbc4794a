using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>
/// What a request leaves open of a candidate's speed, and how far its interval would narrow if it were stated. The same set-up is predicted
/// again with each answer that the input may have, and their variances are averaged: by the law of total variance that is what is left to
/// expect before the answer is known.
/// </summary>
/// <param name="outcome">The search.</param>
/// <param name="inputs">What the search drew on.</param>
internal sealed class OpenInputs(SearchOutcome outcome, PlanningInputs inputs)
{
    /// <summary>An input is worth naming where it takes away a tenth of the width at least, as a short run is.</summary>
    private const double LeastNarrowing = 0.1;

    /// <summary>What would narrow the interval, the most telling first; empty where nothing much would.</summary>
    /// <param name="chosen">The candidate.</param>
    /// <param name="shortRun">The run of the user's own code that would tell most; null where none does.</param>
    public IReadOnlyList<OpenInput> Of(Choice chosen, ShortRun? shortRun)
    {
        var evaluation = chosen.Priced.Evaluation;
        var belief = Belief(chosen, outcome.Request.Stack, evaluation.Setup);
        var reach = IntervalScale.Reach(outcome.Request.Confidence) * evaluation.LogSpread;
        var variance = Variance(belief);
        IEnumerable<(InputName Input, double Share, int Answers)> narrowed =
        [
            .. belief.Keys.Stack is null ? Software(chosen, belief) : [],
            .. shortRun is null ? [] : new[] { (InputName.MeasuredRow, Share(shortRun) * variance, 1) },
        ];
        return [.. narrowed
            .Select(input => new OpenInput(
                input.Input, Math.Sinh(reach), Math.Sinh(reach * Math.Sqrt(input.Share / variance)), input.Answers))
            .Where(input => input.HalfWidthAfter <= (1 - LeastNarrowing) * input.HalfWidth)
            .OrderBy(input => input.HalfWidthAfter).ThenBy(input => input.Input)];
    }

    /// <summary>Variances of the log step time with the software named, and with its kernels alone.</summary>
    private IEnumerable<(InputName Input, double Variance, int Answers)> Software(Choice chosen, SpeedBelief belief)
    {
        double[] named = [.. belief.Model.Stacks.Order(StringComparer.Ordinal).Select(name => Variance(Belief(chosen, name,
            chosen.Priced.Evaluation.Setup with { Compile = KernelStyles.Compiles(inputs.Performance.Stacks.Find(name).Time.Kernels) })))];
        if (named.Length > 0)
            yield return (InputName.Stack, named.Average(), named.Length);
        var between = belief.Model.BetweenStyles(belief.Keys, belief.Slopes) * belief.Widening * belief.Widening;
        if (between > 0)
            yield return (InputName.Kernels, Variance(belief) - between, belief.Model.StylesOf(belief.Keys));
    }

    private SpeedBelief Belief(Choice chosen, string? stack, in TrainingSetup setup) =>
        chosen.Time(inputs.Performance, outcome.Goal.Model, stack, outcome.Request.Confidence).Belief(setup);

    /// <summary>Variance of the measured log step time, widened as its interval is.</summary>
    private static double Variance(SpeedBelief belief)
    {
        var scatter = belief.Model.ScatterOf(belief.Keys);
        return (belief.Model.LogVariance(belief.Keys, belief.Slopes) + (scatter * scatter)) * belief.Widening * belief.Widening;
    }

    /// <summary>The share of the variance that a short run leaves; its widths are of money, whose logarithm follows that of time.</summary>
    private static double Share(ShortRun run)
    {
        var ratio = Math.Asinh(run.HalfWidthAfter) / Math.Asinh(run.HalfWidth);
        return ratio * ratio;
    }
}
