using System.Globalization;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Planner.Commands;

/// <summary>What commands say of their work, on standard error.</summary>
internal static class Progress
{
    /// <summary>Says which learned runs count, and why others can't.</summary>
    public static void Learned(OwnEvidence own)
    {
        if (own.Path is null)
            return;
        Console.Error.WriteLine($"{own.Words}; --evidence none leaves them out");
        foreach (var rejected in own.Rejected)
            Console.Error.WriteLine($"evidence {rejected.Id} can't be used: {rejected.Reason}");
    }

    /// <summary>Says how much was searched and how long it took.</summary>
    public static void Searched(long candidates, int offers, TimeSpan elapsed) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{candidates:N0} candidates on {offers:N0} offers in {elapsed.TotalSeconds:0.00} s"));
}
