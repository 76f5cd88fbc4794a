using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>Fits without each source in turn and predicts its runs: how good memory is on what it has not seen.</summary>
/// <param name="stacks">Traits of software stacks.</param>
public sealed class MemoryLeaveOut(SoftwareStackCatalog stacks)
{
    /// <summary>Spread by which open fields are judged before the spreads are known.</summary>
    private const double WorkingSpread = 0.15;

    /// <summary>
    /// How far open fields are taken to be such that a row runs: of 0, 0.5 and 0.8 the best on two thirds of the sources
    /// (docs/notebook/memory.md).
    /// </summary>
    private const double Runnable = 0.8;

    private readonly MemoryFit _fit = new(stacks);

    /// <summary>Fits all runs, and without each source.</summary>
    /// <param name="seen">The runs.</param>
    /// <param name="stop">Ends it between two fits.</param>
    public MemoryFitReport Run(IReadOnlyList<PeakObservation> seen, CancellationToken stop = default)
    {
        var whole = _fit.Point(seen);
        var left = seen.GroupBy(run => run.Source).AsParallel().AsOrdered().WithCancellation(stop)
            .Select(source => LeftOut([.. source], [.. seen.Where(run => run.Source != source.Key)], whole)).ToList();
        var (named, unnamed) = (left.SelectMany(source => source.Named).ToList(), left.SelectMany(source => source.Unnamed).ToList());
        var fitted = new FittedMemory(
            MemoryBounds.Constants(whole), Spread(named), Spread(unnamed), MemoryMixture.Of(seen, stacks), Runnable,
            SharedVariance.Of(named),
            SharedVariance.Of(unnamed));
        return new(
            fitted, Accuracy("stack named", named), Accuracy("stack not named", unnamed),
            [.. named.Select(row => Row(row, fitted.KnownStackLogSpread))])
        {
            UnnamedRows = [.. unnamed.Select(row => Row(row, fitted.UnknownStackLogSpread))],
            Learned = [.. FirstPeaks(left)],
        };
    }

    private IEnumerable<LearnedAccuracy> FirstPeaks(IReadOnlyList<LeftOutSource> left)
    {
        var (named, unnamed) = (new FirstPeaks(stacks, left, isNamed: true), new FirstPeaks(stacks, left, isNamed: false));
        return from count in (int[])[1, 3]
               from peaks in (FirstPeaks[])[named, unnamed]
               select peaks.Accuracy(count);
    }

    private LeftOutSource LeftOut(IReadOnlyList<PeakObservation> own, IReadOnlyList<PeakObservation> others, IReadOnlyList<double> start)
    {
        var constants = _fit.Constants(others, start);
        var mixture = MemoryMixture.Of(others, stacks);
        var weight = 1.0 / own.Count;
        var unnamed = own.Select(run => Predicted(run, weight, constants, mixture)).ToList();
        var named = own.Select((run, i) =>
            stacks.Find(run.Stack).MemoryOf is null ? unnamed[i] : Predicted(run, weight, constants, [new(run.Stack!, 1)])).ToList();
        return new(constants, mixture, named, unnamed);
    }

    private LeftOutPeak Predicted(PeakObservation run, double weight, MemoryConstants constants, IReadOnlyList<StackWeight> mixture)
    {
        var models = mixture.Select(part => new MemoryModel(run.Shape, stacks.Find(part.Stack).Memory.With(run.Kernels), constants))
            .ToList();
        return Predicted(run, weight, new(models[0], WorkingSpread, mixture, models));
    }

    /// <summary>A run predicted by an outlook.</summary>
    internal static LeftOutPeak Predicted(PeakObservation run, double weight, PeakOutlook outlook) =>
        new(run, weight, new(outlook, run.Ways, run.DeviceBytes, Runnable, run.OfFirstStage));

    /// <summary>The spread that makes rows likeliest.</summary>
    internal static double Spread(IReadOnlyList<LeftOutPeak> rows) =>
        MemorySpread.Of([.. rows.Select(row => (row.Weight, (Func<double, double>)row.Loss))]);

    /// <summary>The spread that judges a source comes from the others.</summary>
    private static MemoryAccuracy Accuracy(string question, IReadOnlyList<LeftOutPeak> rows)
    {
        var errors = rows.Where(row => row.Seen.PeakBytes is not null).Select(row => Math.Abs((row.Bytes / row.Seen.PeakBytes!.Value) - 1))
            .ToList();
        var verdicts = (
            from source in rows.Where(row => row.Seen.IsReport).GroupBy(row => row.Seen.Source)
            let spread = Spread([.. rows.Where(row => row.Seen.Source != source.Key)])
            from row in source
            select new MemoryVerdict(row.Seen.Id, row.FitsProbability(spread), row.Seen.Ran)).ToList();
        return MemoryAccuracy.Of(question, errors, verdicts, [.. MeasuredLimits.Of(rows)]);
    }

    private static LeftOutRow Row(LeftOutPeak row, double spread) =>
        new(row.Seen.Id, row.Seen.Source, row.Bytes, row.Seen.PeakBytes, row.FitsProbability(spread), row.Seen.Ran);
}

/// <summary>A source left out.</summary>
/// <param name="Constants">The constants fitted without it.</param>
/// <param name="Mixture">What an unknown stack may be, without it.</param>
/// <param name="Named">Its runs, their stacks named.</param>
/// <param name="Unnamed">Its runs, no stack named.</param>
internal sealed record LeftOutSource(
    MemoryConstants Constants, IReadOnlyList<StackWeight> Mixture, IReadOnlyList<LeftOutPeak> Named, IReadOnlyList<LeftOutPeak> Unnamed);
