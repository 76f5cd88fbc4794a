using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Logs;

namespace SlmPlanner.Planner.Requests;

/// <summary>Shipped rows that say the same as a learned observation, whatever either is called: it must not count twice.</summary>
/// <param name="shipped">The rows that the shipped fit rests on.</param>
internal sealed class ShippedTwins(IEnumerable<Workload> shipped)
{
    private readonly ILookup<double?, Observation> _bySpeed =
        shipped.Select(workload => workload.Observation).ToLookup(row => row.TokensPerSecondPerGpu);

    /// <summary>The name of the shipped row; null where there is none.</summary>
    /// <param name="seen">What was observed.</param>
    public string? Of(Observation seen) =>
        _bySpeed[seen.TokensPerSecondPerGpu].FirstOrDefault(row => IdOf(row) == IdOf(seen))?.Name;

    /// <summary>Why such an observation is left out, in a sentence.</summary>
    /// <param name="name">The shipped row's name.</param>
    public static string Reason(string name) => $"the shipped row {name} says the same and counts already";

    private static string IdOf(Observation seen) => ObservedRun.IdOf(seen with { From = seen.From with { By = null } });
}
