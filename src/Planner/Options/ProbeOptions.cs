using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Data.History;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Options;

/// <summary>How machines are measured before one is rented for long: of <c>probe</c>, and of <c>plan</c> where it is asked for.</summary>
internal static class ProbeOptions
{
    private const double MostMinutes = 24 * 60;

    private static readonly CommandOption<double?> Budget = CommandOption.Optional(
        "probe-budget", Amounts.Usd.Within(RequestRanges.BudgetUsd), "most to spend on probes") with
    {
        Group = OptionGroup.Limits, Example = "20", Default = "no limit",
    };

    private static readonly CommandOption<double?> Minutes = CommandOption.Optional(
        "probe-minutes", Values.Number("MINUTES").Within(1, MostMinutes), "measuring on each machine, start-up aside") with
    {
        Group = OptionGroup.Limits, Example = "15", Default = "that of probe.json",
    };

    private static readonly CommandOption<ProbeSoftware> With = CommandOption.OrElse(
        "probe-with", Values.Choice<ProbeSoftware>(), ProbeSoftware.Calibrator,
        "what runs on the machine: slm-calibrate, which tells of the device, or your own code, which tells of your software too") with
    {
        Group = OptionGroup.Software, Example = "own-code",
    };

    private static readonly CommandOption<bool> Probes = CommandOption.Flag(
        "probes", "say too what measuring machines before renting is worth; so does any option on probes") with
    {
        Group = OptionGroup.Output,
    };

    /// <summary>How.</summary>
    public static IReadOnlyList<CommandOption> All { get; } = [Budget, Minutes, With];

    /// <summary>Whether, and how.</summary>
    public static IReadOnlyList<CommandOption> OfPlan { get; } = [Probes, .. All];

    /// <summary>True where a plan is asked about probes.</summary>
    public static bool Asked(Given given) => given.Of(Probes) || All.Any(given.Has);

    /// <summary>How probes are taken.</summary>
    /// <param name="given">The options.</param>
    /// <param name="profile">What holds where they say nothing.</param>
    public static ProbeRequest Read(Given given, ProbeProfile profile) => new(
        given.Of(Budget) ?? double.PositiveInfinity,
        given.Of(Minutes) ?? profile.Minutes.Value,
        given.Of(With) == ProbeSoftware.Calibrator ? KeptBursts.Stack : null,
        profile.LogError);
}

/// <summary>What measures on a rented machine.</summary>
internal enum ProbeSoftware
{
    /// <summary>The calibrator.</summary>
    Calibrator,

    /// <summary>The user's own training program.</summary>
    OwnCode,
}
