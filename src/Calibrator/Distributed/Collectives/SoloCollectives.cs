namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>A group of one rank in host memory: sums and gathers are copies, and no library is needed.</summary>
internal sealed class SoloCollectives : ICollectives
{
    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public string Library => "none";

    /// <inheritdoc/>
    public unsafe void Run(in Collective collective)
    {
        collective.Check(Size);
        if (collective.Input.Address != collective.Output.Address)
            Buffer.MemoryCopy((void*)collective.Input.Address, (void*)collective.Output.Address, collective.Output.Bytes,
                collective.Input.Bytes);
    }

    /// <inheritdoc/>
    public IPending Start(in Collective collective)
    {
        Run(collective);
        return Finished.Instance;
    }

    /// <inheritdoc/>
    public void Synchronize()
    {
    }

    /// <inheritdoc/>
    public ICollectives Split(int color) => new SoloCollectives();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
