using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// A bound on the tokens that a platform trains within the limits, from its datasheet, its prices and the speed that is assumed of it.
/// </summary>
internal static class TokenBound
{
    /// <summary>
    /// Multiple of the dense peak that no prediction reaches before its speed is changed: an utilisation above 1 would be impossible, 2
    /// leaves room for a wrong datasheet.
    /// </summary>
    private const double MostUtilisation = 2;

    /// <summary>
    /// Hours that the limits allow on the cheapest offer × peak of all its devices × the multiple of their predicted speed
    /// (<see cref="PlanningInputs.SpeedOf"/>) / FLOPs per token, the largest over the node counts: the run's overheads and its uncertainty
    /// only take from it.
    /// </summary>
    /// <param name="offered">The platform and its offers.</param>
    /// <param name="request">The request, model set.</param>
    /// <param name="goal">What is asked of a candidate.</param>
    /// <param name="inputs">Gives the multiple of the device's speed.</param>
    public static double Of(PlatformOffers offered, PlanRequest request, SearchGoal goal, PlanningInputs inputs)
    {
        var peak = Precisions(request, offered.Platform).Select(offered.Platform.Device.PeakTflops).Max() ?? 0;
        var flopsPerToken = FlopCount.Training(goal.Model, request.SeqLen!.Value).Total.Count;
        var tokensPerGpuHour = MostUtilisation * inputs.SpeedOf(offered.Platform.Device) * peak * 1e12 * 3600 / flopsPerToken;
        var usdPerGpuHour = offered.Offers.Min(offer => offer.UsdPerNodeHour) / offered.Platform.GpusPerNode;
        return CandidateSpace.NodeCounts(request, offered)
            .Select(nodes => (double)nodes * offered.Platform.GpusPerNode)
            .Select(gpus => gpus * tokensPerGpuHour * Math.Min(goal.Limits.DeadlineHours, goal.Limits.BudgetUsd / (gpus * usdPerGpuHour)))
            .Append(0).Max();
    }

    private static IEnumerable<Training.Precision> Precisions(PlanRequest request, Platform platform) =>
        request.Precisions.Count > 0 ? request.Precisions : [platform.Device.DefaultPrecision()];
}
