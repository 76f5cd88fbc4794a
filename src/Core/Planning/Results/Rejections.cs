namespace SlmPlanner.Core.Planning.Results;

/// <summary>How many candidates were rejected, by reason, and the nearest miss of each reason.</summary>
/// <param name="Evaluated">Candidates evaluated in all.</param>
/// <param name="Feasible">Candidates that kept every limit.</param>
/// <param name="Reasons">One entry per reason, most frequent first.</param>
public sealed record Rejections(long Evaluated, long Feasible, IReadOnlyList<RejectionReason> Reasons)
{
    /// <summary>The reason whose nearest candidate missed by least, limits before memory; null where none came near.</summary>
    public RejectionReason? Nearest() => Reasons.Where(reason => reason.MissedBy is not null)
        .OrderBy(reason => reason.Reason == Search.Reason.OutOfMemory)
        .ThenBy(reason => reason.MissedBy)
        .FirstOrDefault();
}

/// <summary>One reason for rejection.</summary>
/// <param name="Reason">Kebab-case: <c>out-of-memory</c>, <c>over-budget</c>, <c>past-deadline</c>, <c>no-network-data</c>, <c>no-price</c>, …</param>
/// <param name="Count">Candidates rejected for it.</param>
/// <param name="NearestMiss">The candidate that missed by least, in words; empty when none is meaningful.</param>
/// <param name="MissedBy">By how much it missed, as a fraction of the limit (0.07 is 7 % over); null when not a number.</param>
public sealed record RejectionReason(string Reason, long Count, string NearestMiss, double? MissedBy);

/// <summary>A change of the request that would make it feasible.</summary>
/// <param name="Change">Kebab-case: <c>raise-budget</c>, <c>extend-deadline</c>, <c>fewer-tokens</c>, <c>smaller-model</c>.</param>
/// <param name="Needed">The least value that works, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit: <c>usd</c>, <c>hours</c>, <c>tokens</c>, <c>parameters</c>.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record Remedy(string Change, double Needed, string Unit, string Sentence);
