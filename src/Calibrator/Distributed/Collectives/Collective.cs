using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>One collective operation as data, the same on every rank of the group but for addresses.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Input">What this rank gives; equals <paramref name="Output"/> for operations in place.</param>
/// <param name="Output">Where this rank's result goes.</param>
/// <param name="Root">The giving rank of a broadcast.</param>
internal readonly record struct Collective(CollectiveKind Kind, DataBuffer Input, DataBuffer Output, int Root = 0)
{
    /// <summary>Sums in place.</summary>
    public static Collective AllReduce(DataBuffer data) => new(CollectiveKind.AllReduce, data, data);

    /// <summary>Sums <paramref name="whole"/> and leaves this rank's part in <paramref name="shard"/>, which must not overlap it.</summary>
    public static Collective ReduceScatter(DataBuffer whole, DataBuffer shard) => new(CollectiveKind.ReduceScatter, whole, shard);

    /// <summary>Joins the shards; <paramref name="shard"/> may already lie at its place in <paramref name="whole"/>.</summary>
    public static Collective AllGather(DataBuffer shard, DataBuffer whole) => new(CollectiveKind.AllGather, shard, whole);

    /// <summary>Copies the root's data to all.</summary>
    public static Collective Broadcast(DataBuffer data, int root) => new(CollectiveKind.Broadcast, data, data, root);

    /// <summary>Waits for all.</summary>
    public static Collective Barrier => new(CollectiveKind.Barrier, default, default);

    /// <summary>The size of the whole message in bytes, as nccl-tests counts: the sum of all parts for gather and scatter.</summary>
    public long Bytes => Math.Max(Input.Bytes, Output.Bytes);

    /// <summary>Refuses operations that no library could carry out.</summary>
    /// <param name="ranks">Ranks of the group.</param>
    /// <exception cref="ArgumentException">Sizes or formats that don't fit together.</exception>
    public void Check(int ranks)
    {
        var (whole, part) = Kind switch
        {
            CollectiveKind.ReduceScatter => (Input, Output),
            CollectiveKind.AllGather => (Output, Input),
            _ => (Input, Input),
        };
        var parts = Kind is CollectiveKind.ReduceScatter or CollectiveKind.AllGather ? ranks : 1;
        if (whole.Count != part.Count * parts || whole.Type != part.Type)
            throw new ArgumentException($"{Kind} over {ranks} ranks: {part.Count} {part.Type} per part do not make {whole.Count} "
                + $"{whole.Type}");
        if (whole is { Type: ElementType.Byte, Count: > 0 } && Kind is (CollectiveKind.AllReduce or CollectiveKind.ReduceScatter))
            throw new ArgumentException($"{Kind}: bytes have no sum");
        if (Root < 0 || Root >= ranks)
            throw new ArgumentException($"{Kind}: root {Root} is not one of {ranks} ranks");
    }
}
