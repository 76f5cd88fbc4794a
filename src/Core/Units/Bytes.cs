namespace SlmPlanner.Core.Units;

/// <summary>An amount of memory or of data moved, in bytes. May be fractional: it is a model's estimate. Default: zero.</summary>
public readonly record struct Bytes(double Count) : IComparable<Bytes>
{
    /// <summary>From decimal gigabytes (10^9 bytes), as vendors of bandwidth and disks count.</summary>
    public static Bytes FromGB(double gigabytes) => new(gigabytes * 1e9);

    /// <summary>From binary gibibytes (2^30 bytes), as GPU memory is counted.</summary>
    public static Bytes FromGiB(double gibibytes) => new(gibibytes * (1L << 30));

    /// <summary>The amount in decimal gigabytes.</summary>
    public double GB => Count / 1e9;

    /// <summary>The amount in binary gibibytes.</summary>
    public double GiB => Count / (1L << 30);

    /// <summary>Sum.</summary>
    public static Bytes operator +(Bytes left, Bytes right) => new(left.Count + right.Count);

    /// <summary>Difference; negative when <paramref name="right"/> is larger.</summary>
    public static Bytes operator -(Bytes left, Bytes right) => new(left.Count - right.Count);

    /// <summary>Scaled by a number.</summary>
    public static Bytes operator *(Bytes amount, double factor) => new(amount.Count * factor);

    /// <summary>Divided by a number, for example over ranks.</summary>
    public static Bytes operator /(Bytes amount, double divisor) => new(amount.Count / divisor);

    /// <summary>Seconds that moving the amount takes at a rate.</summary>
    public static double operator /(Bytes amount, BytesPerSecond rate) => amount.Count / rate.Rate;

    /// <summary>True when <paramref name="left"/> is smaller.</summary>
    public static bool operator <(Bytes left, Bytes right) => left.Count < right.Count;

    /// <summary>True when <paramref name="left"/> is larger.</summary>
    public static bool operator >(Bytes left, Bytes right) => left.Count > right.Count;

    /// <summary>True when <paramref name="left"/> is smaller or equal.</summary>
    public static bool operator <=(Bytes left, Bytes right) => left.Count <= right.Count;

    /// <summary>True when <paramref name="left"/> is larger or equal.</summary>
    public static bool operator >=(Bytes left, Bytes right) => left.Count >= right.Count;

    /// <inheritdoc/>
    public int CompareTo(Bytes other) => Count.CompareTo(other.Count);
}

/// <summary>A rate of moving data, in bytes per second.</summary>
public readonly record struct BytesPerSecond(double Rate)
{
    /// <summary>From decimal gigabytes per second, as datasheets state memory bandwidth.</summary>
    public static BytesPerSecond FromGBPerSecond(double gigabytes) => new(gigabytes * 1e9);

    /// <summary>From decimal gigabits per second, as networks are sold.</summary>
    public static BytesPerSecond FromGbitPerSecond(double gigabits) => new(gigabits * 1e9 / 8);
}
