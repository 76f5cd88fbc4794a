using SlmPlanner.Calibrator.Distributed.Collectives;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>Tells a <see cref="Watchdog"/> of every wait for other ranks.</summary>
internal sealed class WatchedCollectives(ICollectives inner, Watchdog watchdog) : ICollectives
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
        watchdog.Enter(collective);
        inner.Run(collective);
        watchdog.Leave();
    }

    /// <inheritdoc/>
    public IPending Start(in Collective collective) => new Watched(inner.Start(collective), collective, watchdog);

    /// <inheritdoc/>
    public void Synchronize()
    {
        watchdog.Enter("the end of all collectives");
        inner.Synchronize();
        watchdog.Leave();
    }

    /// <inheritdoc/>
    public ICollectives Split(int color) => new WatchedCollectives(inner.Split(color), watchdog);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private sealed class Watched(IPending pending, Collective collective, Watchdog watchdog) : IPending
    {
        public bool Poll() => pending.Poll();

        public void Wait()
        {
            watchdog.Enter(collective);
            pending.Wait();
            watchdog.Leave();
        }
    }
}
