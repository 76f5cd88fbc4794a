namespace SlmPlanner.Core.Units;

/// <summary>A rate of moving data, in bytes per second.</summary>
public readonly record struct BytesPerSecond(double Rate)
{
    /// <summary>From decimal gigabytes per second, as datasheets state memory bandwidth.</summary>
    public static BytesPerSecond FromGBPerSecond(double gigabytes) => new(gigabytes * 1e9);

    /// <summary>From decimal gigabits per second, as networks are sold.</summary>
    public static BytesPerSecond FromGbitPerSecond(double gigabits) => new(gigabits * 1e9 / 8);
}
