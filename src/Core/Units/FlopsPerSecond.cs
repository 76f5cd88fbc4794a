namespace SlmPlanner.Core.Units;

/// <summary>A rate of floating-point operations per second; tera is 10^12.</summary>
public readonly record struct FlopsPerSecond(double Rate)
{
    /// <summary>From teraFLOP/s, as datasheets state dense peaks.</summary>
    public static FlopsPerSecond FromTera(double tera) => new(tera * 1e12);

    /// <summary>The rate in teraFLOP/s.</summary>
    public double Tera => Rate / 1e12;
}
