namespace SlmPlanner.Core.Economics.Cost;

/// <summary>How long to train between checkpoints.</summary>
internal static class CheckpointInterval
{
    /// <summary>
    /// Training time between checkpoints that loses least: Daly 2006 (FGCS 22, eq. 37), the higher-order form of
    /// Young 1974's √(2δM). Infinite when nothing fails; zero when writing is free.
    /// </summary>
    /// <param name="writeSeconds">Time δ of writing one checkpoint, ≥ 0.</param>
    /// <param name="stopsPerSecond">Stops per second, 1/M, ≥ 0.</param>
    public static double Seconds(double writeSeconds, double stopsPerSecond)
    {
        if (stopsPerSecond <= 0)
            return double.PositiveInfinity;
        var mean = 1 / stopsPerSecond;
        if (writeSeconds >= 2 * mean)
            return mean;
        var ratio = Math.Sqrt(writeSeconds / (2 * mean));
        return 2 * mean * ratio * (1 + ratio / 3 + ratio * ratio / 9) - writeSeconds;
    }
}
