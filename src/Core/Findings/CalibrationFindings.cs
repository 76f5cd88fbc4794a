namespace SlmPlanner.Core.Findings;

/// <summary>A profile rests on few bursts, so priors decide much of it.</summary>
/// <param name="Fitted">Bursts fitted.</param>
/// <param name="Enough">Bursts from which on this is not said.</param>
public sealed record FewBursts(int Fitted, int Enough) : Finding(Severity.Warning, "few-bursts");

/// <summary>No burst was held back to prove a profile.</summary>
public sealed record Unproved() : Finding(Severity.Warning, "unproved");

/// <summary>The collectives could not be measured.</summary>
/// <param name="Failure">The library's own words.</param>
public sealed record NoLink(string Failure) : Finding(Severity.Warning, "no-link");

/// <summary>A calibration started from another machine of its kind.</summary>
/// <param name="Machine">That machine.</param>
/// <param name="Bursts">Configurations that were measured there.</param>
/// <param name="Slower">How much longer steps take here than there, as a share.</param>
public sealed record StartedFromSibling(string Machine, int Bursts, double Slower) : Finding(Severity.Hint, "started-from-sibling");

/// <summary>Many bursts of a run share a finding.</summary>
/// <param name="Bursts">Bursts with it.</param>
/// <param name="All">Bursts of the run.</param>
/// <param name="First">The finding of the first of them.</param>
public sealed record SharedFinding(int Bursts, int All, Finding First) : Finding(Severity.Warning, First.Id);

/// <summary>Other programs were at work for a part of the time in which bursts ran.</summary>
/// <param name="Share">Share of that time in which they used more than a quiet machine's own housekeeping does.</param>
/// <param name="OtherCores">Cores that they used on average over all of it.</param>
/// <param name="Cores">Cores of the machine.</param>
public sealed record BusyTime(double Share, double OtherCores, int Cores) : Finding(Severity.Warning, "busy-time");

/// <summary>All measurements of some configurations were disturbed, so that they weigh little in the fit.</summary>
/// <param name="Bursts">Configurations of which that is true.</param>
/// <param name="All">Configurations measured.</param>
public sealed record DisturbedBursts(int Bursts, int All) : Finding(Severity.Hint, "disturbed-bursts");

/// <summary>A machine's own pace changed while it was measured.</summary>
/// <param name="Least">The least step time of the reference work over the usual, minus one.</param>
/// <param name="Most">The largest, the same way.</param>
public sealed record UnevenPace(double Least, double Most) : Finding(Severity.Hint, "uneven-pace");

/// <summary>Bursts needed more memory than there is.</summary>
/// <param name="Bursts">How many.</param>
public sealed record BurstsOutOfMemory(int Bursts) : Finding(Severity.Hint, "out-of-memory");

/// <summary>Bursts failed.</summary>
/// <param name="Bursts">How many.</param>
/// <param name="Failure">The first one's own words.</param>
public sealed record FailedBursts(int Bursts, string Failure) : Finding(Severity.Warning, "failed-bursts");
