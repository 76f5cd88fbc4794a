using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Prediction;

/// <summary>Which field of a row, if it were stated, would narrow the interval most.</summary>
internal static class MissingInput
{
    /// <summary>What remains when a row states everything: a short run of one's own.</summary>
    public const string Measurement = "a measured run";

    /// <summary>
    /// How far the rate between nodes is from the one taken where it is not stated, as a standard deviation of its logarithm: networks of
    /// 100 to 400 Gbit/s a node or a device are all common.
    /// </summary>
    private const double NetworkSpread = 0.5;

    private static readonly GroupLevel[] OfSoftware = [GroupLevel.Kernels, GroupLevel.BlockStyle, GroupLevel.Family, GroupLevel.Stack];

    /// <summary>The field, by its column; <see cref="Measurement"/> where all that matter are stated.</summary>
    /// <param name="model">The fit.</param>
    /// <param name="workload">The row.</param>
    /// <param name="keys">The groups that it is predicted by.</param>
    /// <param name="gradient">Derivatives of its log time with respect to the coefficients' logarithms.</param>
    public static string Of(FittedModel model, Workload workload, GroupKeys keys, double[] gradient) =>
        Variances(model, workload, keys, gradient).Where(field => field.Variance > Negligible(model, keys, gradient))
            .OrderByDescending(field => field.Variance).Select(field => field.Field).FirstOrDefault(Measurement);

    /// <summary>A field that explains less than a tenth of the variance is not worth asking for.</summary>
    private static double Negligible(FittedModel model, GroupKeys keys, double[] gradient) => 0.1 * model.LogVariance(keys, gradient);

    private static IEnumerable<(string Field, double Variance)> Variances(
        FittedModel model, Workload workload, GroupKeys keys, double[] gradient)
    {
        var observation = workload.Observation;
        var logs = WorkloadEvaluation.Each(workload, model.Logs(keys));
        yield return ("micro_batch_per_gpu", Between(workload.Setups, logs, setup => setup.MicroBatch));
        yield return ("grad_accum", Between(workload.Setups, logs, setup => setup.GradAccum));
        yield return ("attention", Between(workload.Setups, logs, setup => setup.Attention));
        yield return ("parallelism", Between(workload.Setups, logs, setup => setup.Layout.Scheme));
        var software = model.UnseenVariance(keys, gradient, OfSoftware);
        var styles = model.BetweenStyles(keys, gradient);
        yield return ("stack", software + styles);
        if (observation.Stack.Compile is null)
            yield return ("compile", styles);
        if (observation.Machine.InterNodeGbitS is null && workload.Setups[0].Nodes > 1)
        {
            var slope = NetworkSpread * gradient[(int)StepCoefficient.InterNodeInverseEfficiency];
            yield return ("inter_node_gbit_s", slope * slope);
        }
    }

    /// <summary>Variance of the mean logarithm from value to value of a field.</summary>
    private static double Between<T>(IReadOnlyList<TrainingSetup> setups, double[] logs, Func<TrainingSetup, T> field)
    {
        var values = setups.Zip(logs).GroupBy(pair => field(pair.First), pair => pair.Second)
            .Select(value => (Count: value.Count(), Mean: value.Average()));
        var mean = logs.Average();
        return values.Sum(value => value.Count * (value.Mean - mean) * (value.Mean - mean)) / logs.Length;
    }
}
