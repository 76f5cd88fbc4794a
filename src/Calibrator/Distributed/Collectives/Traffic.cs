using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>What one rank asked its groups to move since the last reset: calls and whole-message bytes by kind.</summary>
internal sealed class Traffic
{
    private readonly long[] _calls = new long[Enum.GetValues<CollectiveKind>().Length];
    private readonly long[] _bytes = new long[Enum.GetValues<CollectiveKind>().Length];
    private double _sentBytes;

    /// <summary>
    /// Bytes this rank must send at least, by <see cref="CollectiveKinds.BusFactor"/> of each group: what a bandwidth-optimal
    /// algorithm puts on its link.
    /// </summary>
    public double SentBytes => _sentBytes;

    /// <summary>Operations of a kind.</summary>
    public long Calls(CollectiveKind kind) => _calls[(int)kind];

    /// <summary>Whole-message bytes of a kind, as <see cref="Collective.Bytes"/> counts them.</summary>
    public long Bytes(CollectiveKind kind) => _bytes[(int)kind];

    /// <summary>Counts one operation.</summary>
    public void Add(in Collective collective, int ranks)
    {
        _calls[(int)collective.Kind]++;
        _bytes[(int)collective.Kind] += collective.Bytes;
        _sentBytes += collective.Kind.BusFactor(ranks) * collective.Bytes;
    }

    /// <summary>Starts again from zero.</summary>
    public void Reset()
    {
        Array.Clear(_calls);
        Array.Clear(_bytes);
        _sentBytes = 0;
    }
}
