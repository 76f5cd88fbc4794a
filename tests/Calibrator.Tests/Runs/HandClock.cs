namespace SlmPlanner.Calibrator.Tests.Runs;

/// <summary>A clock that goes on when it is told to.</summary>
internal sealed class HandClock : TimeProvider
{
    private TimeSpan _elapsed;

    /// <summary>Seconds since it was made.</summary>
    public double Seconds => _elapsed.TotalSeconds;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves it on.</summary>
    public void Advance(double seconds) => _elapsed += TimeSpan.FromSeconds(seconds);

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _elapsed;
}
