using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Fitting;

/// <summary>A fit that ran out of steps.</summary>
/// <param name="Steps">Steps taken.</param>
public sealed record FitNotConverged(int Steps) : Finding(Severity.Warning, "fit-not-converged");

/// <summary>Rows that were not fitted; the profile lists each with its reason.</summary>
/// <param name="Rejected">How many.</param>
/// <param name="All">Rows given.</param>
public sealed record RowsRejected(int Rejected, int All) : Finding(Severity.Hint, "rows-rejected");

/// <summary>How far measured log times are from the fitted ones.</summary>
/// <param name="Centre">Their centre (Hodges–Lehmann).</param>
/// <param name="Spread">Their spread (Shamos).</param>
/// <param name="Rows">Rows fitted.</param>
public sealed record Residuals(double Centre, double Spread, int Rows) : Finding(Severity.Hint, "residuals");

/// <summary>Rows far from the fit, which the robust loss lets count for little.</summary>
/// <param name="Count">How many.</param>
/// <param name="Limit">Residual from which on a row is one.</param>
/// <param name="Worst">The farthest, farthest first.</param>
public sealed record OutlyingRows(int Count, double Limit, IReadOnlyList<OutlyingRow> Worst) : Finding(Severity.Warning, "outlying-rows");

/// <summary>A row far from the fit.</summary>
/// <param name="Id">The row.</param>
/// <param name="Error">Measured over fitted time, minus one.</param>
public sealed record OutlyingRow(string Id, double Error);

/// <summary>A software stack whose rows are off on average.</summary>
/// <param name="Stack">Its name, or <see cref="Unknown"/>.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bias">Mean residual of log time.</param>
public sealed record StackBias(string Stack, int Rows, double Bias) : Finding(Severity.Hint, "biased-stack")
{
    /// <summary>Stands for rows that name no stack.</summary>
    public const string Unknown = "unknown-stack";
}

/// <summary>Coefficients whose prior the rows hardly narrow.</summary>
/// <param name="Coefficients">Their names.</param>
public sealed record CoefficientsUndecided(IReadOnlyList<string> Coefficients) : Finding(Severity.Hint, "coefficients-undecided");
