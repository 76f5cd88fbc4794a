namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>Counts what passes through a group; its parts count into the same <see cref="Traffic"/>.</summary>
internal sealed class CountedCollectives(ICollectives inner, Traffic traffic) : ICollectives
{
    /// <inheritdoc/>
    public int Rank => inner.Rank;

    /// <inheritdoc/>
    public int Size => inner.Size;

    /// <inheritdoc/>
    public string Library => inner.Library;

    /// <inheritdoc/>
    public void Run(in Collective collective)
    {
        traffic.Add(collective, Size);
        inner.Run(collective);
    }

    /// <inheritdoc/>
    public IPending Start(in Collective collective)
    {
        traffic.Add(collective, Size);
        return inner.Start(collective);
    }

    /// <inheritdoc/>
    public void Synchronize() => inner.Synchronize();

    /// <inheritdoc/>
    public ICollectives Split(int color) => new CountedCollectives(inner.Split(color), traffic);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
