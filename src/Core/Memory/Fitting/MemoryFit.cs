using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// Fits the numbers that no document gives to peaks and to bounds (ran, ran out of memory), within <see cref="MemoryBounds"/>, by the most
/// likely point. A source counts once, whatever the number of its rows.
/// </summary>
/// <param name="stacks">Traits of software stacks.</param>
internal sealed class MemoryFit(SoftwareStackCatalog stacks)
{
    private const double Tolerance = 1e-5;
    private const int MostSteps = 3000;

    /// <summary>The constants most likely for some runs.</summary>
    /// <param name="seen">The runs.</param>
    /// <param name="start">Where to start; what documents suggest when left out.</param>
    public MemoryConstants Constants(IReadOnlyList<PeakObservation> seen, IReadOnlyList<double>? start = null) =>
        MemoryBounds.Constants(Point(seen, start));

    /// <summary>The most likely point, in the coordinates of <see cref="MemoryBounds"/>.</summary>
    internal double[] Point(IReadOnlyList<PeakObservation> seen, IReadOnlyList<double>? start = null)
    {
        var counts = seen.GroupBy(run => run.Source).ToDictionary(source => source.Key, source => 1.0 / source.Count());
        var objective = ObjectiveFunction.Value(point => Loss(seen, counts, point.ToArray()));
        var from = Vector<double>.Build.DenseOfEnumerable(start ?? MemoryBounds.Start());
        return [.. new NelderMeadSimplex(Tolerance, MostSteps).FindMinimum(objective, from).MinimizingPoint];
    }

    /// <summary>The predicted peaks of what a run tells, each with its probability.</summary>
    /// <param name="seen">The run.</param>
    /// <param name="constants">Constants.</param>
    /// <param name="stack">The stack to assume.</param>
    public IEnumerable<(double Probability, double Bytes)> Predict(PeakObservation seen, MemoryConstants constants, string? stack)
    {
        var model = new MemoryModel(seen.Shape, stacks.Find(stack).Memory.With(seen.Kernels), constants);
        return seen.Ways.SelectMany(way => seen.Told(way.Probability, model, way.Setup));
    }

    private double Loss(IReadOnlyList<PeakObservation> seen, Dictionary<string, double> weights, IReadOnlyList<double> point)
    {
        var (constants, spread) = (MemoryBounds.Constants(point), MemoryBounds.Spread(point));
        return MemoryBounds.Penalty(point)
            + seen.Sum(run => weights[run.Source] * PeakLikelihood.Loss(run, Predict(run, constants, run.Stack), spread));
    }
}
