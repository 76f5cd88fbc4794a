namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>
/// A range of message sizes with one latency and one bandwidth. Libraries change algorithm with size and caches overflow, so
/// one line over all sizes misses by several times; three are enough.
/// </summary>
/// <param name="Name">For people.</param>
/// <param name="Above">Excluded lower end in bytes.</param>
/// <param name="UpTo">Included upper end in bytes.</param>
internal sealed record SizeClass(string Name, long Above, long UpTo)
{
    private const long Ki = 1024;

    /// <summary>Small messages are eager and bound by latency, large ones exceed what caches hold.</summary>
    public static IReadOnlyList<SizeClass> All { get; } =
    [
        new("small", 0, 64 * Ki), new("medium", 64 * Ki, 4 * Ki * Ki), new("large", 4 * Ki * Ki, long.MaxValue),
    ];

    /// <summary>True when a message belongs here; neighbours share their border so that each class spans its range.</summary>
    public bool Holds(long bytes) => bytes >= Above && bytes <= UpTo;
}
