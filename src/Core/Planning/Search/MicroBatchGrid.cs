using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>The micro-batches tried on a number of devices: powers of two, and the whole global batch at once.</summary>
/// <param name="Batch">The target.</param>
/// <param name="Gpus">Devices.</param>
/// <param name="Largest">The largest micro-batch that keeps the target; 0 when even one sequence per device is too much.</param>
/// <param name="Points">Micro-batches ascending, each with the accumulation that brings it to the global batch.</param>
internal sealed record MicroBatchGrid(GlobalBatch Batch, int Gpus, int Largest, IReadOnlyList<BatchPoint> Points)
{
    private IReadOnlyList<BatchPoint>? _possible;

    /// <summary>True when the request fixes the micro-batch.</summary>
    public bool Fixed { get; private init; }

    /// <summary>The grid of a request on a number of devices: all powers of two, or the one micro-batch it asks for.</summary>
    public static MicroBatchGrid Of(PlanRequest request, int gpus)
    {
        var grid = Of(new GlobalBatch(request.GlobalBatchTokens, request.SeqLen!.Value), gpus);
        return request.MicroBatch is { } micro ? grid.Only(micro) : grid;
    }

    /// <summary>The grid of a global batch on a number of devices.</summary>
    public static MicroBatchGrid Of(GlobalBatch batch, int gpus)
    {
        var largest = batch.LargestMicroBatch(gpus);
        var points = new List<BatchPoint>();
        for (var micro = 1; micro <= largest; micro *= 2)
        {
            if (batch.TryAccumulate(micro, gpus, out var gradAccum))
                points.Add(new(micro, gradAccum));
        }
        var whole = batch.Balanced(Math.Max(1, largest), gpus);
        if (largest > 0 && batch.TryAccumulate(whole, gpus, out var once) && points.TrueForAll(point => point.MicroBatch != whole))
            points.Add(new(whole, once));
        return new(batch, gpus, largest, [.. points.OrderBy(point => point.MicroBatch)]);
    }

    /// <summary>
    /// The point made of the largest micro-batch that fits, evened out over its accumulation;
    /// null when it is on the grid already, or misses the global batch.
    /// </summary>
    public BatchPoint? LargestFitting(int fits)
    {
        if (Fixed)
            return null;
        var micro = Batch.Balanced(fits, Gpus);
        return Points.All(point => point.MicroBatch != micro) && Batch.TryAccumulate(micro, Gpus, out var gradAccum)
            ? new BatchPoint(micro, gradAccum) : null;
    }

    /// <summary>What may be run, whatever memory there is: the points of the grid, and those that a largest fitting one leads to.</summary>
    public IReadOnlyList<BatchPoint> Possible() => _possible ??=
        [.. Points, .. Enumerable.Range(1, Largest).Select(LargestFitting).OfType<BatchPoint>().Distinct()];

    /// <summary>
    /// True where a point of the grid can be run: an interleaved pipeline takes its micro-batches in rounds of its stages
    /// (Narayanan et al. 2021, section 2.2).
    /// </summary>
    public static bool CanRun(in TrainingSetup family, int gradAccum) => family.Layout.Chunks == 1 || gradAccum % family.Mesh.Pipeline == 0;

    private MicroBatchGrid Only(int micro) => this with
    {
        Fixed = true,
        Points = micro <= Largest && Batch.TryAccumulate(micro, Gpus, out var gradAccum) ? [new(micro, gradAccum)] : [],
    };
}

/// <summary>The grids of a request, by the number of ranks that see other sequences.</summary>
/// <param name="request">The request.</param>
internal sealed class MicroBatchGrids(PlanRequest request)
{
    private readonly Dictionary<int, MicroBatchGrid> _grids = [];

    /// <summary>The grid of a layout: its data-parallel ranks share the global batch.</summary>
    public MicroBatchGrid Of(in Layout layout)
    {
        var ranks = layout.Mesh.DataRanks;
        if (!_grids.TryGetValue(ranks, out var grid))
            _grids[ranks] = grid = MicroBatchGrid.Of(request, ranks);
        return grid;
    }
}

/// <summary>A micro-batch with its accumulation.</summary>
/// <param name="MicroBatch">Sequences per device and forward pass.</param>
/// <param name="GradAccum">Micro-batches per optimizer step.</param>
internal readonly record struct BatchPoint(int MicroBatch, int GradAccum);
