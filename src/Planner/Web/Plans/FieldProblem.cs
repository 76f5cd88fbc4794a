namespace SlmPlanner.Planner.Web.Plans;

/// <summary>What is wrong with a request.</summary>
/// <param name="Field">The field to mend; empty where it is none alone.</param>
/// <param name="Message">The message, as the command line prints it.</param>
internal sealed record FieldProblem(string Field, string Message);
