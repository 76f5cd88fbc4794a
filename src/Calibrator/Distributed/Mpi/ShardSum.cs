using System.Numerics;
using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>
/// The local half of a reduce-scatter: adds the ranks' contributions to one shard, in rank order, so that the result does not
/// depend on timing. bfloat16 is summed in fp32 and rounded once.
/// </summary>
internal static unsafe class ShardSum
{
    private const int Tile = 4096;

    /// <summary>Sums <paramref name="ranks"/> parts that lie one after the other into <paramref name="shard"/>.</summary>
    public static void Into(DataBuffer shard, nint parts, int ranks)
    {
        if (shard.Type == ElementType.Float32)
            Float32(shard, parts, ranks);
        else
            BFloat16(shard, parts, ranks);
    }

    private static void Float32(DataBuffer shard, nint parts, int ranks)
    {
        for (long start = 0; start < shard.Count; start += Tile)
        {
            var count = (int)Math.Min(Tile, shard.Count - start);
            var sum = new Span<float>((float*)shard.Address + start, count);
            new Span<float>((float*)parts + start, count).CopyTo(sum);
            for (var rank = 1; rank < ranks; rank++)
                Add(sum, new Span<float>((float*)parts + (rank * shard.Count) + start, count));
        }
    }

    private static void BFloat16(DataBuffer shard, nint parts, int ranks)
    {
        var sum = stackalloc float[Tile];
        for (long start = 0; start < shard.Count; start += Tile)
        {
            var count = (int)Math.Min(Tile, shard.Count - start);
            new Span<float>(sum, count).Clear();
            for (var rank = 0; rank < ranks; rank++)
            {
                var part = (ushort*)parts + (rank * shard.Count) + start;
                for (var i = 0; i < count; i++)
                    sum[i] += BFloat16Sum.Widen(part[i]);
            }
            for (var i = 0; i < count; i++)
                ((ushort*)shard.Address)[start + i] = BFloat16Sum.Narrow(sum[i]);
        }
    }

    private static void Add(Span<float> sum, Span<float> part)
    {
        var wideSum = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var widePart = MemoryMarshal.Cast<float, Vector<float>>(part);
        for (var i = 0; i < wideSum.Length; i++)
            wideSum[i] += widePart[i];
        for (var i = wideSum.Length * Vector<float>.Count; i < sum.Length; i++)
            sum[i] += part[i];
    }
}
