namespace SlmPlanner.Core.Planning.Results;

/// <summary>Where a candidate's step time and memory go. Names say the term; keys carry the unit in machine formats.</summary>
/// <param name="StepTimeS">Seconds per term of one optimizer step; they add up to the step.</param>
/// <param name="MemoryBytes">Bytes per component of one device's peak; they add up to the peak.</param>
public sealed record CandidateBreakdown(IReadOnlyList<NamedAmount> StepTimeS, IReadOnlyList<NamedAmount> MemoryBytes);

/// <summary>A named part of a sum.</summary>
/// <param name="Name">Snake-case name of the part, for example <c>matmul</c>.</param>
/// <param name="Amount">Its size, in the unit of the list it stands in.</param>
public sealed record NamedAmount(string Name, double Amount);
