using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// The deviations of the priors that measured rows favour (empirical Bayes): those of the largest <see cref="PriorEvidence"/> at the fit
/// that the deviations in force gave. Where the two agree, the deviations in force are the choice.
/// </summary>
public static class PriorChoice
{
    private const int Memory = 10, MostSteps = 60;
    private const double GradientTolerance = 1e-5, ParameterTolerance = 1e-4, ProgressTolerance = 1e-8;

    /// <summary>Finds them.</summary>
    /// <param name="workloads">Measured rows.</param>
    /// <param name="fit">Their fit.</param>
    /// <param name="believed">The size that a deviation is believed to have; what is in force where null.</param>
    /// <param name="options">The options of the fit.</param>
    public static PriorReport Of(
        IReadOnlyList<Workload> workloads, FittedModel fit, Func<StepCoefficient, GroupLevel, double?> believed, FitOptions options)
    {
        workloads = [.. workloads.Where(workload => workload.Keys.Split is null)];
        var table = new ParameterTable(workloads.Select(workload => workload.Keys));
        var kinds = table.Parameters.Select(parameter => (parameter.Coefficient, parameter.Level)).Distinct().ToList();
        double[] inForce = [.. kinds.Select(kind => table.Deviations[table.IndexOf(table.Parameters.First(
            parameter => (parameter.Coefficient, parameter.Level) == kind))])];
        double[] centre = [.. kinds.Select((kind, index) => believed(kind.Coefficient, kind.Level) ?? inForce[index])];
        var evidence = Evidence(workloads, fit, table, [.. table.Parameters.Select(
            parameter => kinds.IndexOf((parameter.Coefficient, parameter.Level)))], centre, options);
        double[] start = [.. inForce.Select(size => Math.Log(size))];
        var best = Climb(evidence, start);
        var groups = table.Parameters.CountBy(parameter => (parameter.Coefficient, parameter.Level)).ToDictionary();
        return new(
            evidence.At(start).Value,
            evidence.At(best).Value,
            [.. kinds.Select((kind, index) => new ChosenDeviation(
                kind.Coefficient, kind.Level, groups[kind], centre[index], inForce[index], Math.Exp(best[index])))]);
    }

    private static PriorEvidence Evidence(
        IReadOnlyList<Workload> workloads, FittedModel fit, ParameterTable table, int[] kinds, double[] centre, FitOptions options)
    {
        double[] parameters = [.. table.Parameters.Select((parameter, index) => fit.Find(parameter) ?? table.Means[index])];
        var scatter = new SetupScatter(options, fit.Scatter);
        var objective = new Objective(
            [.. workloads.Select(workload => new MeasuredWorkload(workload, table.Members(workload.Keys), scatter.OfRow(workload.Keys)))],
            table.Means, table.Deviations, options);
        var rows = objective.Linearise(parameters);
        var offsets = objective.Offsets(parameters);
        return new(
            rows, [.. rows.Select(objective.Weight)],
            [.. rows.Select(row => row.Residual + row.Columns.Select((column, entry) => row.Slopes[entry] * offsets[column]).Sum())],
            kinds, centre);
    }

    private static double[] Climb(PriorEvidence evidence, double[] start)
    {
        var downhill = ObjectiveFunction.Gradient(logs =>
        {
            var (value, gradient) = evidence.At([.. logs]);
            return (-value, -Vector<double>.Build.DenseOfArray(gradient));
        });
        var search = new LimitedMemoryBfgsMinimizer(GradientTolerance, ParameterTolerance, ProgressTolerance, Memory, MostSteps);
        return [.. search.FindMinimum(downhill, Vector<double>.Build.DenseOfArray(start)).MinimizingPoint];
    }
}

/// <summary>What measured rows say of the priors' deviations.</summary>
/// <param name="LogEvidence">Logarithm of the evidence for those in force, up to a constant.</param>
/// <param name="BestLogEvidence">The same for the best.</param>
/// <param name="Deviations">Each of them.</param>
public sealed record PriorReport(double LogEvidence, double BestLogEvidence, IReadOnlyList<ChosenDeviation> Deviations);

/// <summary>A deviation of a coefficient's logarithm from group to group of a level, or of the population from its prior size.</summary>
/// <param name="Coefficient">The coefficient.</param>
/// <param name="Level">The level.</param>
/// <param name="Groups">Groups among the rows.</param>
/// <param name="Believed">What it is believed to be before any row.</param>
/// <param name="InForce">What the fit takes.</param>
/// <param name="Best">What the rows and the belief favour.</param>
public sealed record ChosenDeviation(StepCoefficient Coefficient, GroupLevel Level, int Groups, double Believed, double InForce,
    double Best);
