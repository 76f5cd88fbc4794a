namespace SlmPlanner.Data.Logs.Lines;

/// <summary>
/// The rank that printed a line, by what launchers put before it: <c>[rank3]:</c>, <c>[default3]:</c> (torchrun), <c>3:</c> (srun -l),
/// <c>[1,3]&lt;stdout&gt;:</c> (mpirun), or by what programs say: <c>rank=3</c>, <c>[Rank 3]</c>. -1 where nothing says.
/// </summary>
internal static class LineRank
{
    private const int Reach = 96;

    /// <summary>The rank of a line.</summary>
    public static int Of(ReadOnlySpan<byte> line)
    {
        var head = line[..Math.Min(line.Length, Reach)];
        if (head.IsEmpty)
            return -1;
        if (head[0] == (byte)'[' && head.Length > 2 && head[2] == (byte)',' && head.IndexOf("]<std"u8) > 0)
            return Plausible(Numbers.Leading(head[3..], out _));
        if (head[0] is (byte)' ' or (>= (byte)'0' and <= (byte)'9'))
        {
            var first = Numbers.Leading(head, out var length);
            if (length < head.Length && head[length] == (byte)':' && length + 1 < head.Length && head[length + 1] == (byte)' ')
                return Plausible(first);
        }
        if (head.IndexOfAny((byte)'[', (byte)'=') < 0)
            return -1;
        foreach (var key in Keys())
            if (head.IndexOf(key) is >= 0 and var at)
                return Plausible(Numbers.Leading(head[(at + key.Length)..], out _));
        return -1;
    }

    private static ReadOnlySpan<byte[]> Keys() => Words;

    private static readonly byte[][] Words = ["[rank"u8.ToArray(), "[default"u8.ToArray(), "rank="u8.ToArray(), "[Rank "u8.ToArray()];

    private static int Plausible(double rank) => rank is >= 0 and < 1e6 && rank == Math.Floor(rank) ? (int)rank : -1;
}
