namespace SlmPlanner.Core.Findings;

/// <summary>Something a reader should know, as data: every output shows it.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Id">A stable kebab-case name, for example <c>stale-prices</c>.</param>
/// <param name="Message">One or two sentences with the numbers in them.</param>
public sealed record Finding(Severity Severity, string Id, string Message);
