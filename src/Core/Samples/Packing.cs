namespace SlmPlanner.Core.Samples;

/// <summary>
/// Samples joined into sequences of one length without cutting any that fits, the longest first, each into the fullest sequence that has
/// room: best-fit decreasing, as TRL's <c>packing_strategy="bfd"</c> does it (recalled). What no sample fills stays empty.
/// </summary>
public static class Packing
{
    private const int Drawn = 4096;

    /// <summary>Share of the positions that stay empty, 0 to 1: worked out by packing 4,096 samples at even quantiles.</summary>
    /// <param name="lengths">The samples.</param>
    /// <param name="seqLen">Positions of a sequence.</param>
    public static double EmptyShare(SampleLengths lengths, int seqLen)
    {
        var open = new SortedSet<(double Room, int Sequence)>();
        double filled = 0;
        var sequences = 0;
        foreach (var length in Quantiles(lengths, seqLen).OrderDescending())
        {
            filled += length;
            var fullest = open.GetViewBetween((length, 0), (seqLen, int.MaxValue)).Min;
            var room = seqLen - length;
            if (fullest.Room > 0)
            {
                open.Remove(fullest);
                room = fullest.Room - length;
            }
            else
            {
                sequences++;
            }
            if (room > 0)
                open.Add((room, sequences + open.Count));
        }
        return 1 - filled / ((double)sequences * seqLen);
    }

    private static IEnumerable<double> Quantiles(SampleLengths lengths, double most)
    {
        double all = lengths.Count, below = 0;
        var index = 0;
        foreach (var bin in lengths.Bins)
        {
            below += bin.Count;
            for (; index < Drawn && (index + 0.5) / Drawn <= below / all; index++)
                yield return Math.Min(bin.Tokens, most);
        }
    }
}
