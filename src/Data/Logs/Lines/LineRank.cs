namespace SlmPlanner.Data.Logs.Lines;

/// <summary>
/// The rank that printed a line, by what launchers put before it: <c>[rank3]:</c>, <c>[default3]:</c> (torchrun), <c>3:</c> (srun -l),
/// <c>[1,3]&lt;stdout&gt;:</c> (mpirun), or by what programs say: <c>rank=3</c>, <c>[Rank 3]</c>. -1 where nothing says.
/// </summary>
internal static class LineRank
{
    private const int Reach = 96, LongestMark = 24;

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

    /// <summary>A line without what a launcher put before it, and the rank that this tells; -1 where there is nothing.</summary>
    public static ReadOnlySpan<byte> Unmarked(ReadOnlySpan<byte> line, out int rank)
    {
        var length = MarkLength(line[..Math.Min(line.Length, LongestMark)]);
        rank = length > 0 ? Of(line[..Math.Min(line.Length, length + 1)]) : -1;
        return line[length..];
    }

    private static int MarkLength(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head[0] is not ((byte)'[' or (byte)' ' or (>= (byte)'0' and <= (byte)'9')))
            return 0;
        if (head.StartsWith("[rank"u8) || head.StartsWith("[default"u8))
            return head.IndexOf("]:"u8) is > 0 and var mark ? mark + 2 : 0;
        if (head[0] == (byte)'[')
            return head.IndexOf("<stdout>:"u8) is > 0 and var stream ? stream + 9 : 0;
        var start = Math.Max(0, head.IndexOfAnyExcept((byte)' '));
        var digits = head[start..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && head[(start + digits)..].StartsWith(": "u8) ? start + digits + 2 : 0;
    }

    private static ReadOnlySpan<byte[]> Keys() => Words;

    private static readonly byte[][] Words = ["[rank"u8.ToArray(), "[default"u8.ToArray(), "rank="u8.ToArray(), "[Rank "u8.ToArray()];

    private static int Plausible(double rank) => rank is >= 0 and < 1e6 && rank == Math.Floor(rank) ? (int)rank : -1;
}
