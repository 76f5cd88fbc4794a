using System.Globalization;

namespace SlmPlanner.Planner.Commands;

/// <summary>What commands say of their work, on standard error.</summary>
internal static class Progress
{
    /// <summary>Says how much was searched and how long it took.</summary>
    public static void Searched(long candidates, int offers, TimeSpan elapsed) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{candidates:N0} candidates on {offers:N0} offers in {elapsed.TotalSeconds:0.00} s"));
}
