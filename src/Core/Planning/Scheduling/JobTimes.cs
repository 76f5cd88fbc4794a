using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>How long a job takes on each number of devices, each with its best setup.</summary>
public static class JobTimes
{
    /// <summary>The ways to run a job; none where it fits no number of devices.</summary>
    /// <param name="request">The job.</param>
    /// <param name="fleet">Inputs whose offers are the fleet.</param>
    /// <exception cref="Core.InputException">The request breaks a rule.</exception>
    public static IReadOnlyList<JobMode> Of(PlanRequest request, PlanningInputs fleet)
    {
        var filled = RequestDefaults.Fill(request) with { DeadlineHours = null };
        PlanRequestRules.Check(filled, fleet);
        return [.. SearchOutcome.Of(filled, fleet).CheapestPerGpuCount()
            .Where(choice => choice.Priced.LimitHours * 60 < int.MaxValue)
            .Select(choice => new JobMode(choice.Gpus, Math.Max(1, (int)Math.Ceiling(choice.Priced.LimitHours * 60))))];
    }
}
