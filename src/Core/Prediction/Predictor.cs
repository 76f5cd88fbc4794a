using System.Runtime.InteropServices;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Prediction;

/// <summary>Predicts workloads with a fitted model. Keeps the covariance of groups that it has met.</summary>
/// <param name="model">The fit.</param>
/// <param name="options">The options of the fit, for the usual scatter.</param>
internal sealed class Predictor(FittedModel model, FitOptions options)
{
    private readonly Dictionary<GroupKeys, double[,]> _covariances = [];

    /// <summary>
    /// Predicts one workload. Its publication counts where the fit has rows of it, and is a new one otherwise; without one it is the
    /// user's.
    /// </summary>
    public SpeedPrediction Predict(Workload workload)
    {
        var keys = KeysOf(workload);
        var evaluation = WorkloadEvaluation.Of(workload, model.Logs(keys), withGradient: true);
        if (!_covariances.TryGetValue(keys, out var covariance))
            _covariances[keys] = covariance = model.Covariance(keys);
        var scatter = new SetupScatter(options, model.Scatter).Of(keys);
        var variance = LogVariance(evaluation.Gradient, covariance)
            + (scatter * scatter) + (evaluation.OpenSpread * evaluation.OpenSpread);
        return new(evaluation.LogSeconds, Math.Sqrt(variance), model.Scales.Of(model, keys));
    }

    /// <summary>
    /// How far the mean of several workloads' logarithms of times is off at most, with a probability: what they share stays, and what each
    /// has of its own becomes less.
    /// </summary>
    public double MeanReach(IReadOnlyList<Workload> workloads, double confidence)
    {
        var scatter = new SetupScatter(options, model.Scatter);
        GroupKeys[] keys = [.. workloads.Select(KeysOf)];
        WorkloadEvaluation[] evaluations =
            [.. workloads.Zip(keys, (workload, group) => WorkloadEvaluation.Of(workload, model.Logs(group), withGradient: true))];
        var variance = model.LogCovariance([.. keys.Zip(evaluations, (group, one) => (group, one.Gradient))]).Cast<double>().Sum();
        foreach (var (group, one) in keys.Zip(evaluations))
            variance += (scatter.Of(group) * scatter.Of(group)) + (one.OpenSpread * one.OpenSpread);
        var scale = keys.Max(group => model.Scales.Of(model, group).At(confidence));
        return IntervalScale.Reach(confidence) * scale * Math.Sqrt(Math.Max(0, variance)) / workloads.Count;
    }

    /// <summary>The field of a workload that would narrow its interval most, by its column.</summary>
    public string NarrowedMost(Workload workload) => MissingInput.Of(
        model, workload, KeysOf(workload), WorkloadEvaluation.Of(workload, model.Logs(KeysOf(workload)), withGradient: true).Gradient);

    private GroupKeys KeysOf(Workload workload) => workload.Keys.Source is not { } source ? model.Own.Of(workload.Keys)
        : model.Sources.Contains(source) ? Known(workload.Keys) : workload.Keys;

    /// <summary>The groups of a publication's row; of one that was learned without a stack, the stack that stands for it.</summary>
    private GroupKeys Known(GroupKeys keys) => keys.Stack is null && model.Own.Rows.Any(row => row.Source == keys.Source)
        ? OwnGroups.OfRow(keys) : keys;

    /// <summary>Variance of a log time: gradient × covariance × gradient, at least 0.</summary>
    public static double LogVariance(ReadOnlySpan<double> gradient, double[,] covariance)
    {
        var sum = 0.0;
        for (var row = 0; row < gradient.Length; row++)
            if (gradient[row] != 0)
                sum += gradient[row] * LowerTriangle.Dot(MemoryMarshal.CreateReadOnlySpan(ref covariance[row, 0], gradient.Length),
                    gradient);
        return Math.Max(0, sum);
    }
}
