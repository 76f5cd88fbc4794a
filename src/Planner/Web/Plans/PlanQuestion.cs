using System.Text.Json;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Presentation.Plans;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>A request that can be searched.</summary>
/// <param name="Request">The request.</param>
/// <param name="Inputs">What the search draws on.</param>
/// <param name="Brought">The texts of the machines and terms that the request brings beside the catalog; they tell its inputs from
/// others.</param>
internal sealed record PlanQuestion(PlanRequest Request, PlanningInputs Inputs, string Brought)
{
    /// <summary>Equal for questions that have the same answer.</summary>
    public string Key => JsonSerializer.Serialize(Request, PlanJsonContext.Default.PlanRequest) + Brought;
}
