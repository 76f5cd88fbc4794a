using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Accuracy;


/// <summary>The accuracy table: what <c>slm-plan validate</c> prints, and the committed figures that its check compares with.</summary>
/// <param name="SchemaVersion">Version of this format.</param>
/// <param name="Command">The command line that made it.</param>
/// <param name="Lines">The lines, by scheme, <c>all</c> first.</param>
/// <param name="WorstGroups">For each scheme the left-out groups that are predicted worst.</param>
public sealed record AccuracyReport(
    int SchemaVersion, string Command, IReadOnlyList<AccuracyLine> Lines, IReadOnlyList<GroupError> WorstGroups)
{
    /// <summary>The version written.</summary>
    public const int CurrentVersion = 1;

    private const double Slack = 1.05, Margin = 0.002;

    /// <summary>
    /// Lines whose mean error is worse than committed by more than a twentieth and 0.2 points, one finding each; none when
    /// all hold. A line that is committed and was not measured now is passed over.
    /// </summary>
    public IEnumerable<AccuracyWorse> WorseThan(AccuracyReport committed) =>
        from line in Lines
        join before in committed.Lines on (line.Scheme, line.Slice) equals (before.Scheme, before.Slice)
        let allowed = before.Model.MeanError * Slack + Margin
        where !(line.Model.MeanError <= allowed)
        select new AccuracyWorse(line.Scheme, line.Slice, line.Model.MeanError, before.Model.MeanError, allowed);
}

/// <summary>Error of one left-out group.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Group">The group.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="MeanError">Mean absolute error.</param>
/// <param name="Bias">Mean error with its sign.</param>
public sealed record GroupError(LeaveOut Scheme, string Group, int Rows, double MeanError, double Bias);

/// <summary>An error that is worse than the committed one.</summary>
/// <param name="Scheme">What was left out.</param>
/// <param name="Slice">Which rows.</param>
/// <param name="MeanError">Mean absolute relative error now.</param>
/// <param name="Committed">The committed one.</param>
/// <param name="Allowed">Up to which it would pass.</param>
public sealed record AccuracyWorse(LeaveOut Scheme, string Slice, double MeanError, double Committed, double Allowed)
    : Finding(Severity.Error, "accuracy-worse");
