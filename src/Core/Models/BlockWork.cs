using System.Collections.Concurrent;

namespace SlmPlanner.Core.Models;

/// <summary>
/// Work and parameters of each block where blocks differ, and how blocks are dealt out to stages by their work: consecutive blocks, so that
/// the stage with the most has as little as can be (nanotron, <c>pipeline_parallel/block.py</c>: by the multiplies of each block). Scores
/// are left out, since they depend on the sequence. Each division is worked out once.
/// </summary>
internal sealed class BlockWork
{
    private const double Rounding = 1e-9;

    private readonly double[] _work;
    private readonly double[] _parameters;
    private readonly ConcurrentDictionary<(int Stages, double Head), StageSplit> _splits = new();

    /// <summary>Each block's share, in units of the mean.</summary>
    /// <param name="work">Work of each block, at least one; above 0 in all.</param>
    /// <param name="parameters">Parameters of each block.</param>
    public BlockWork(IReadOnlyList<double> work, IReadOnlyList<double> parameters) =>
        (_work, _parameters) = (Relative(work), Relative(parameters));

    /// <summary>Sums a shape's blocks: parameters of matrices that a token passes, and all parameters.</summary>
    public static BlockWork Of(TransformerShape shape)
    {
        var kinds = shape.Blocks.Select(run => (
            run.Count,
            Work: (double)run.Block.Matrices(shape.DModel).Sum(matrix => matrix.ActiveParameters),
            Parameters: (double)ParameterCount.OfBlock(shape, run.Block).Total)).ToList();
        return new(
            [.. kinds.SelectMany(kind => Enumerable.Repeat(kind.Work, kind.Count))],
            [.. kinds.SelectMany(kind => Enumerable.Repeat(kind.Parameters, kind.Count))]);
    }

    /// <summary>The stages.</summary>
    /// <param name="stages">Stages, 1 to the number of blocks.</param>
    /// <param name="head">Work of the head in mean blocks, where the stack counts it; else 0.</param>
    public StageSplit Split(int stages, double head) =>
        _splits.GetOrAdd((stages, head), static (key, blocks) => blocks.Dealt(key.Stages, key.Head), this);

    private StageSplit Dealt(int stages, double head)
    {
        var ends = Ends(stages, head);
        var starts = ends.Prepend(0).ToArray();
        StageShares Of(double[] amounts)
        {
            double[] sums = [.. ends.Select((end, stage) => amounts[starts[stage]..end].Sum())];
            return new(sums[0], sums[^1], sums.Length > 1 ? sums[..^1].Max() : sums[0]);
        }
        var counts = Of([.. _work.Select(_ => 1.0)]);
        return new(stages, counts.First, counts.Last, counts.Most)
        {
            Work = Of(_work), Held = Of(_parameters), Blocks = _work.Length,
            Each = [.. ends.Select((end, stage) => new StageWork(end, _work[starts[stage]..end].Sum()))],
        };
    }

    /// <summary>
    /// The end of each stage's blocks where the largest stage is least: by bisection of what a stage may have, filled from the first on.
    /// </summary>
    private int[] Ends(int stages, double head)
    {
        const int Bisections = 60;
        var (low, high) = (0.0, _work.Sum() + head);
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            if (Filled(stages, head, middle) is null)
                low = middle;
            else
                high = middle;
        }
        return Filled(stages, head, high * (1 + Rounding), evenly: true) ?? Filled(stages, head, high)!;
    }

    /// <summary>
    /// Every stage has at least one block; null where stages of so much do not hold all. Evenly, a stage takes no more than brings it to
    /// its share of what is left.
    /// </summary>
    private int[]? Filled(int stages, double head, double most, bool evenly = false)
    {
        var ends = new int[stages];
        var (block, left) = (0, _work.Sum() + head);
        for (var stage = 0; stage < stages; stage++)
        {
            var isLast = stage == stages - 1;
            var held = isLast ? head : 0;
            var until = _work.Length - (stages - 1 - stage);
            var (start, enough) = (block, evenly && !isLast ? left / (stages - stage) * (1 - Rounding) : double.PositiveInfinity);
            while (block < until && (block == start || (held < enough && held + _work[block] <= most)))
                held += _work[block++];
            left -= held;
            if (held > most || (isLast && block < _work.Length))
                return null;
            ends[stage] = block;
        }
        return ends;
    }

    private static double[] Relative(IReadOnlyList<double> amounts)
    {
        var mean = amounts.Average();
        return [.. amounts.Select(amount => amount / mean)];
    }
}
