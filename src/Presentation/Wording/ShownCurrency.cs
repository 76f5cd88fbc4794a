using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Wording;

/// <summary>The currency in which amounts are written for people: dollars, unless another one is in force where they are written.</summary>
public static class ShownCurrency
{
    private static readonly AsyncLocal<PlanCurrency?> InForce = new();

    /// <summary>The currency in force.</summary>
    public static PlanCurrency Current => InForce.Value ?? PlanCurrency.Usd;

    /// <summary>What stands before an amount.</summary>
    public static string Sign => Current == PlanCurrency.Usd ? "$" : Current.Code + " ";

    /// <summary>Puts a currency in force until the result is disposed; null leaves what is.</summary>
    public static IDisposable Use(PlanCurrency? currency)
    {
        var before = InForce.Value;
        InForce.Value = currency ?? before;
        return new Until(before);
    }

    private sealed class Until(PlanCurrency? before) : IDisposable
    {
        public void Dispose() => InForce.Value = before;
    }
}
