namespace SlmPlanner.Core.Units;

/// <summary>Money in United States dollars.</summary>
public readonly record struct Usd(double Amount)
{
    /// <summary>Sum.</summary>
    public static Usd operator +(Usd left, Usd right) => new(left.Amount + right.Amount);

    /// <summary>Scaled by a number.</summary>
    public static Usd operator *(Usd money, double factor) => new(money.Amount * factor);
}
