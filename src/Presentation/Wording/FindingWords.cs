using SlmPlanner.Core.Findings;

namespace SlmPlanner.Presentation.Wording;

/// <summary>The sentence of a finding, by its subject.</summary>
public static class FindingWords
{
    /// <summary>The sentence.</summary>
    public static string Of(Finding finding) => finding is ToldFinding told
        ? told.Message
        : PlanFindingWords.Of(finding) ?? ModelFindingWords.Of(finding) ?? PriceFindingWords.Of(finding)
            ?? FitFindingWords.Of(finding) ?? MeasurementFindingWords.Of(finding) ?? ProbeFindingWords.Of(finding)
            ?? throw new ArgumentOutOfRangeException(nameof(finding), finding, null);

    /// <summary>The finding as a file keeps it: told.</summary>
    public static ToldFinding Told(Finding finding) => new(finding.Severity, finding.Id, Of(finding));

    /// <summary>The severity and the sentence, for a line of a console.</summary>
    public static string Line(Finding finding) => $"{Severity(finding)}: {Of(finding)}";

    /// <summary>The severity as a word.</summary>
    public static string Severity(Finding finding) => finding.Severity.ToString().ToLowerInvariant();
}
