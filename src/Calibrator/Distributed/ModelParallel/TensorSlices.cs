using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.ModelParallel;

/// <summary>
/// The part of each parameter that a tensor-parallel rank has (Shoeybi et al. 2019, section 3): tables by words, queries, keys, values and
/// what leads into the feed-forward by rows, what leads out of attention and feed-forward by columns; norms whole. Of gated decoders with a
/// head of their own.
/// </summary>
/// <param name="spec">The whole model.</param>
/// <param name="rank">This rank.</param>
/// <param name="ranks">All of them.</param>
internal sealed class TensorSlices(BurstSpec spec, int rank, int ranks)
{
    private const int Rows = 0, Columns = 1;

    /// <summary>True where every rank has the whole parameter.</summary>
    public static bool IsWhole(int unit, int slot) => unit == 0 ? slot == 1 : slot is 0 or 3;

    /// <summary>The part of a parameter, contiguous; owned by the caller's scope.</summary>
    /// <param name="whole">All of it.</param>
    /// <param name="unit">0 for tables and last norm, else a block.</param>
    /// <param name="slot">Its place: embedding, norm, head; norm, qkv, output, norm, gate, up, down.</param>
    public Tensor Of(Tensor whole, int unit, int slot) => (IsWhole(unit, slot), unit, slot) switch
    {
        (true, _, _) => whole.clone(),
        (_, 0, _) => Part(whole, Rows),
        (_, _, 1) => Heads(whole),
        (_, _, 2 or 6) => Part(whole, Columns),
        _ => Part(whole, Rows),
    };

    /// <summary>Own heads of queries, of keys and of values.</summary>
    private Tensor Heads(Tensor whole)
    {
        using var scope = NewDisposeScope();
        long query = spec.DModel, keyValue = (long)spec.NKvHeads * spec.HeadDim;
        return cat([Part(whole.narrow(0, 0, query), Rows), Part(whole.narrow(0, query, keyValue), Rows),
            Part(whole.narrow(0, query + keyValue, keyValue), Rows)])
            .MoveToOuterDisposeScope();
    }

    private Tensor Part(Tensor whole, int dimension)
    {
        var extent = whole.shape[dimension] / ranks;
        return whole.narrow(dimension, rank * extent, extent).contiguous().clone();
    }
}
