namespace SlmPlanner.Data.Logs.Sources;

/// <summary>When the lines of a container's log arrived, by where each ends in the text that was unwrapped. Read forward, once.</summary>
internal sealed class LineArrivals
{
    private readonly Queue<(long End, double Time)> _waiting = new();

    /// <summary>Keeps when what ends at a place arrived, seconds since 1970.</summary>
    public void Add(long end, double time) => _waiting.Enqueue((end, time));

    /// <summary>When the byte at a place arrived; NaN where nothing says so. Places don't go back.</summary>
    public double At(long place)
    {
        while (_waiting.TryPeek(out var first) && first.End <= place)
            _waiting.Dequeue();
        return _waiting.TryPeek(out var line) ? line.Time : double.NaN;
    }
}
