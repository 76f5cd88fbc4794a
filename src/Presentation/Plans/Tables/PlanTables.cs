using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>The tables of a plan, the same in every output.</summary>
internal static class PlanTables
{
    private static readonly TableColumn<Candidate>[] Choice =
    [
        new("rent", CandidateText.Devices),
        new("from", candidate => candidate.Provider + (CandidateText.Terms(candidate) is { Length: > 0 } terms ? $" ({terms})" : "")),
        new("price", candidate => Readable.UsdPerHour(candidate.UsdPerHour), IsNumber: true, IsOptional: true),
        new("time", candidate => Readable.Hours(candidate.Hours), IsNumber: true),
        new("cost (interval)", CandidateText.Cost, IsNumber: true),
        new("tokens/$", CandidateText.TokensPerUsd, IsNumber: true),
        new("it takes", AccessWords.Takes),
        new("split, batch × accum", CandidateText.Split, IsOptional: true),
    ];

    private static TableColumn<Candidate>[] ChoiceUnder(PlanRequest request) =>
        request is { BudgetUsd: null, DeadlineHours: null } ? Choice
        : [.. Choice, new("limits", candidate => CandidateText.Limits(candidate, request.Confidence))];

    /// <summary>The Pareto front of cost against time.</summary>
    public static ReportTable Alternatives(PlanResult result) =>
        ReportTable.Of(
            "Alternatives: less time for more money", result.Alternatives,
            [.. ChoiceUnder(result.Request).Where(column => column.Cell != CandidateText.Split)]);

    /// <summary>The best candidate of each device type.</summary>
    public static ReportTable BestPerGpu(PlanResult result) =>
        ReportTable.Of("Best choice per GPU type", result.BestPerGpu, ChoiceUnder(result.Request));

    /// <summary>The best candidate of each provider.</summary>
    public static ReportTable BestPerProvider(PlanResult result) =>
        ReportTable.Of("Best choice per provider", result.BestPerProvider, ChoiceUnder(result.Request));

    /// <summary>Why candidates were rejected, with the nearest miss of each reason.</summary>
    public static ReportTable Rejected(PlanResult result) => ReportTable.Of<RejectionReason>(
        $"Rejected: {Readable.Count(result.Rejected.Evaluated - result.Rejected.Feasible)} of"
            + $" {Readable.Count(result.Rejected.Evaluated)} candidates",
        result.Rejected.Reasons,
        new("reason", reason => RejectionWords.Of(reason.Reason)),
        new("candidates", reason => Readable.Count(reason.Count), IsNumber: true),
        new("missed by", reason => reason.MissedBy is { } miss ? Readable.Percent(miss) : Readable.Missing, IsNumber: true),
        new("nearest miss", reason => reason.NearestMiss is { } miss ? RejectionWords.Of(miss) : Readable.Missing));

    /// <summary>What would make an infeasible request feasible.</summary>
    public static ReportTable Remedies(PlanResult result) => ReportTable.Of<Remedy>(
        "What would make it feasible",
        result.Remedies,
        new("change", remedy => Readable.Words(remedy.Change)),
        new("what it takes", RejectionWords.Of));

    /// <summary>What the reader should know.</summary>
    public static ReportTable Findings(PlanResult result) => ReportTable.Of<Core.Findings.Finding>(
        "Findings",
        result.Findings,
        new("kind", FindingWords.Severity),
        new("finding", FindingWords.Of));
}
