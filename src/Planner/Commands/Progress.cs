using System.Globalization;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Planner.Commands;

/// <summary>What commands say of their work, on standard error.</summary>
internal static class Progress
{
    /// <summary>Most entries that are named one by one.</summary>
    private const int Named = 3;

    /// <summary>Says which stack was taken, since nothing was said: that of the user's own runs.</summary>
    public static void OwnStack(OwnEvidence own)
    {
        if (own.Stack is { } stack)
            Console.Error.WriteLine($"stack {stack}, "
                + $"{(own.Stacks > 1 ? $"the last of {own.Stacks} that were learned" : "as learned")}; --stack NAME takes another");
    }

    /// <summary>Says which learned runs count, and why others can't.</summary>
    public static void Learned(OwnEvidence own)
    {
        if (own.Path is null || (own.Workloads.Count == 0 && own.Rejected.Count == 0 && own.Peaks.Count == 0))
            return;
        Console.Error.WriteLine($"{own.Words}; --evidence none leaves them out");
        foreach (var reason in own.Rejected.GroupBy(rejected => rejected.Reason))
            Console.Error.WriteLine($"evidence {string.Join(", ", reason.Take(Named).Select(rejected => rejected.Id))}"
                + $"{(reason.Count() > Named ? $" and {reason.Count() - Named} more" : "")} can't be used: {reason.Key}");
    }

    /// <summary>Says how much was searched and how long it took.</summary>
    public static void Searched(long candidates, int offers, TimeSpan elapsed) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{candidates:N0} candidates on {offers:N0} offers in {elapsed.TotalSeconds:0.00} s"));
}
