namespace SlmPlanner.Core.Economics.Loss;

/// <summary>The runs a law was fitted to; beyond them it extrapolates.</summary>
/// <param name="ParametersMin">Smallest model.</param>
/// <param name="ParametersMax">Largest model.</param>
/// <param name="TokensMin">Shortest run.</param>
/// <param name="TokensMax">Longest run.</param>
/// <param name="TokensPerParameterMax">Tokens per parameter beyond which the law is known to extrapolate badly.</param>
/// <param name="Source">Where the bounds were read.</param>
public sealed record ValidRange(
    double ParametersMin,
    double ParametersMax,
    double TokensMin,
    double TokensMax,
    double TokensPerParameterMax,
    string Source)
{
    /// <summary>True when size and tokens both lie inside.</summary>
    public bool Covers(in TrainingPoint point) =>
        point.Parameters >= ParametersMin && point.Parameters <= ParametersMax
        && point.Tokens >= TokensMin && point.Tokens <= TokensMax;
}
