using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>A field of the form: a request text under the name of its command-line option.</summary>
/// <param name="Name">Name in the query string: the option without its dashes.</param>
/// <param name="Label">What the person reads.</param>
/// <param name="Example">How it may be written.</param>
/// <param name="Read">The text in a request.</param>
/// <param name="Write">The request with the text.</param>
/// <param name="Subjects">How messages about it begin.</param>
internal sealed record PlanField(
    string Name, string Label, string Example,
    Func<RequestTexts, string?> Read, Func<RequestTexts, string, RequestTexts> Write, params IReadOnlyList<string> Subjects)
{
    /// <summary>What stands between values that a query string gives one by one.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>True when a message of the request's rules is about this field.</summary>
    public bool IsAbout(string message) => Subjects.Any(subject => message.StartsWith(subject + ' ', StringComparison.Ordinal));
}
