using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Scheduling;

namespace SlmPlanner.Presentation.Wording;

/// <summary>What it takes to get hold of machines.</summary>
internal static class AccessWords
{
    private const double HoursPerDay = 24;
    private const double HoursPerWeek = 7 * HoursPerDay;

    /// <summary>In two or three words: <c>on demand</c>, <c>quota request</c>, <c>2-week booking</c>.</summary>
    public static string Takes(Candidate candidate) => candidate switch
    {
        { Provider: FleetOffers.Provider } => "yours",
        { Access: { } access } => Takes(access),
        { TermMonths: { } months } => $"{Readable.Number(months)}-month term",
        { Spot: true } => "spot",
        _ => "on demand",
    };

    /// <summary>The same of what is known alone.</summary>
    public static string Takes(Access access) => access.Way switch
    {
        WayToRent.Contract => "contract",
        WayToRent.Reservation => $"{Length(access.LeastHours, "-")} booking",
        WayToRent.FlexStart => "flex start" + Request(access),
        WayToRent.Spot => "spot" + Request(access),
        _ when access.NeedsQuotaRequest => "quota request",
        _ => "on demand",
    };

    /// <summary>What is missing where machines can't be had.</summary>
    public static string Needs(Access access) => access switch
    {
        { QuotaStated: true, MostGpus: { } most } => $"more than your quota of {most} GPUs",
        { Way: WayToRent.Contract } => "a contract",
        { Way: WayToRent.Spot or WayToRent.FlexStart } => "spot machines",
        { Way: WayToRent.Reservation } => "a booking",
        _ => "another number of machines",
    };

    /// <summary>The terms of a booking: <c>Booked ahead for at least 2 weeks and paid whole</c>.</summary>
    public static string Booked(Access access) =>
        access.LeastHours > 0 ? $"Booked ahead for at least {Length(access.LeastHours, " ")} and paid whole" : "Booked ahead and paid whole";

    /// <summary>In full, one sentence each: the way, the limit, and what else there is to know with its source.</summary>
    public static IEnumerable<string> Sentences(Candidate candidate)
    {
        if (candidate.Access is not { } access)
            yield break;
        var number = candidate.Nodes == 1 ? "One machine" : $"{candidate.Nodes} machines";
        yield return access.Way switch
        {
            WayToRent.Contract => $"{number}: through the sales of {candidate.Provider}, with a contract.",
            WayToRent.Reservation => $"{number}: booked ahead for at least {Length(access.LeastHours, " ")}, paid whole; the bill holds "
                + $"all of it.",
            WayToRent.FlexStart => $"{number}: queued until there is room.",
            WayToRent.Spot => $"{number}: interruptible, while there is room.",
            _ => $"{number}: on demand, while there is stock; no provider promises it.",
        };
        if (access.NeedsQuotaRequest)
            yield return $"A quota request comes first{(access.Quota is { } quota ? $": {quota}" : "")}.";
        yield return (access.Note is { } note ? $"{char.ToUpperInvariant(note[0])}{note[1..]} " : "How machines are had there ")
            + (access.Source == access.Confidence ? $"(our assumption of {access.Date})."
                : $"({Confidence(access.Confidence)}, seen {access.Date}: {access.Source}).");
    }

    private static string Request(Access access) => access.NeedsQuotaRequest ? " + quota" : "";

    private static string Length(double hours, string joint) => hours switch
    {
        <= 0 => $"any{joint}length",
        >= HoursPerWeek when hours % HoursPerWeek == 0 => Counted(hours / HoursPerWeek, "week", joint),
        >= HoursPerDay => Counted(hours / HoursPerDay, "day", joint),
        _ => Counted(hours, "hour", joint),
    };

    private static string Counted(double number, string unit, string joint) =>
        $"{Readable.Number(number)}{joint}{unit}{(joint == " " && number != 1 ? "s" : "")}";

    private static string Confidence(string confidence) => confidence switch
    {
        "A" => "the provider's own page",
        "B" => "a dated note",
        "C" => "a statement without date",
        _ => confidence,
    };
}
