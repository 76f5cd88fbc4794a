namespace SlmPlanner.Core.Planning.Requests;

/// <summary>The amounts of training that a plan can be asked for.</summary>
public static class TokenRange
{
    /// <summary>Fewest tokens: below, start-up is all there is.</summary>
    public const double Least = 1e3;

    /// <summary>Most tokens: some seven times the largest published run (Llama 4, 40 · 10^12).</summary>
    public const double Most = 3e14;
}
