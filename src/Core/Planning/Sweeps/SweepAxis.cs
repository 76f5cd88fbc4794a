using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Sweeps;

/// <summary>One thing that changes in a sweep.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Key">Its name in machine formats, snake_case with the unit as suffix.</param>
/// <param name="Steps">Its values, in the order in which they are swept.</param>
public sealed record SweepAxis(string Name, string Key, IReadOnlyList<SweepStep> Steps);

/// <summary>One value of an axis, as a change of what is planned.</summary>
/// <param name="Value">The value.</param>
/// <param name="Label">The value for people.</param>
/// <param name="Change">The request with the value in it, and the inputs, which a price changes.</param>
public sealed record SweepStep(
    double Value, string Label, Func<PlanRequest, PlanningInputs, (PlanRequest Request, PlanningInputs Inputs)> Change)
{
    /// <summary>A value that changes the request alone.</summary>
    public static SweepStep OfRequest(double value, string label, Func<PlanRequest, PlanRequest> change) =>
        new(value, label, (request, inputs) => (change(request), inputs));
}
