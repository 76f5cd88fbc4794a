namespace SlmPlanner.Core.Units;

/// <summary>A number of floating-point operations; a multiply-add counts as two.</summary>
public readonly record struct Flops(double Count)
{
    /// <summary>Sum.</summary>
    public static Flops operator +(Flops left, Flops right) => new(left.Count + right.Count);

    /// <summary>Scaled by a number.</summary>
    public static Flops operator *(Flops work, double factor) => new(work.Count * factor);

    /// <summary>Seconds that the work takes at a rate.</summary>
    public static double operator /(Flops work, FlopsPerSecond rate) => work.Count / rate.Rate;
}

/// <summary>A rate of floating-point operations per second; tera is 10^12.</summary>
public readonly record struct FlopsPerSecond(double Rate)
{
    /// <summary>From teraFLOP/s, as datasheets state dense peaks.</summary>
    public static FlopsPerSecond FromTera(double tera) => new(tera * 1e12);

    /// <summary>The rate in teraFLOP/s.</summary>
    public double Tera => Rate / 1e12;
}
