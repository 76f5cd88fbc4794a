using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Verification;

/// <summary>
/// Carries out every collective on known numbers and compares each element with the exact result. The numbers are small
/// integers, so that sums are exact in bfloat16 and any difference is a defect.
/// </summary>
internal static class CollectiveCheck
{
    private const int Period = 5;

    /// <summary>Elements per rank: one, an odd number, and more than one internal tile.</summary>
    private static readonly int[] PartCounts = [1, 7, 5000];

    /// <summary>All operations, formats and sizes, blocking and not; every rank names what was wrong on it.</summary>
    public static IReadOnlyList<string> Run(ICollectives group, IMessageMemory memory)
    {
        var wrong = new List<string>();
        foreach (var type in new[] { ElementType.Float32, ElementType.BFloat16 })
        {
            foreach (var count in PartCounts)
            {
                foreach (var blocking in new[] { true, false })
                    wrong.AddRange(Check(group, memory, type, count, blocking));
            }
        }
        return wrong;
    }

    private static IEnumerable<string> Check(ICollectives group, IMessageMemory memory, ElementType type, int partCount, bool blocking)
    {
        var (rank, ranks) = (group.Rank, group.Size);
        var whole = partCount * ranks;
        var total = Enumerable.Range(0, whole).Select(i => Enumerable.Range(0, ranks).Sum(r => Value(r, i))).ToArray();
        var mine = Enumerable.Range(0, whole).Select(i => Value(rank, i)).ToArray();
        var part = mine[..partCount];
        var joined = Enumerable.Range(0, ranks).SelectMany(r => Enumerable.Range(0, partCount).Select(i => Value(r, i))).ToArray();
        var fromLast = Enumerable.Range(0, whole).Select(i => Value(ranks - 1, i)).ToArray();
        (CollectiveKind Kind, float[] Input, float[] Expected)[] cases =
        [
            (CollectiveKind.AllReduce, mine, total),
            (CollectiveKind.ReduceScatter, mine, total[(rank * partCount)..((rank + 1) * partCount)]),
            (CollectiveKind.AllGather, part, joined),
            (CollectiveKind.Broadcast, mine, fromLast),
        ];
        foreach (var (kind, input, expected) in cases)
        {
            var result = Carry(group, memory, new(kind, type, blocking), input, expected.Length);
            if (!result.SequenceEqual(expected))
                yield return $"rank {rank}: {kind} of {whole} {type}{(blocking ? "" : ", non-blocking")}: wrong from element "
                    + $"{FirstDifference(result, expected)}";
        }
    }

    private static float Value(int rank, int index) => rank + 1 + (index % Period);

    private static int FirstDifference(float[] result, float[] expected) =>
        Enumerable.Range(0, expected.Length).First(i => result[i] != expected[i]);

    private static float[] Carry(ICollectives group, IMessageMemory memory, Case what, float[] input, int resultCount)
    {
        var inPlace = what.Kind is CollectiveKind.AllReduce or CollectiveKind.Broadcast;
        using var from = new Numbers(memory, input, what.Type);
        using var to = new Numbers(memory, new float[resultCount], what.Type);
        var root = what.Kind == CollectiveKind.Broadcast ? group.Size - 1 : 0;
        var collective = new Collective(what.Kind, from.Buffer, inPlace ? from.Buffer : to.Buffer, root);
        if (what.Blocking)
            group.Run(collective);
        else
            group.Start(collective).Wait();
        group.Synchronize();
        return inPlace ? from.Read() : to.Read();
    }

    private sealed record Case(CollectiveKind Kind, ElementType Type, bool Blocking);
}
