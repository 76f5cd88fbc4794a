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
