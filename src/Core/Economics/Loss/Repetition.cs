namespace SlmPlanner.Core.Economics.Loss;

/// <summary>
/// What tokens are worth that are trained on more than once (Muennighoff et al. 2023, arXiv 2305.16264, eq. 5): of U unique tokens seen
/// 1 + R times, D' = U + U·R*·(1 − e^(−R/R*)) count as new ones, never more than U·(1 + R*).
/// </summary>
/// <param name="UniqueTokens">Tokens that differ, U &gt; 0.</param>
public sealed record Repetition(double UniqueTokens)
{
    /// <summary>R*: passes after which a token is worth 1/e of a new one. Fitted by the paper on 7M to 9B parameters.</summary>
    public const double Star = 15.387756;

    /// <summary>Passes beyond which the loss falls noticeably slower than with new tokens.</summary>
    public const double FreeEpochs = 4;

    /// <summary>Passes beyond which newer work (arXiv 2605.01640) sees the loss rise.</summary>
    public const double MostEpochs = 16;

    /// <summary>
    /// Passes that are planned at most: a token is worth 38 % of a new one by then, and the law is far from most of its runs.
    /// </summary>
    public const double RefusedEpochs = 40;

    /// <summary>Passes over the unique tokens.</summary>
    public double Epochs(double tokens) => tokens / UniqueTokens;

    /// <summary>New tokens that as many are worth.</summary>
    public double Worth(double tokens) => tokens <= UniqueTokens ? tokens
        : UniqueTokens * (1 + Star * (1 - Math.Exp(-(tokens / UniqueTokens - 1) / Star)));

    /// <summary>Tokens to train on that are worth as many new ones; null when no number is.</summary>
    public double? TokensFor(double worth)
    {
        if (worth <= UniqueTokens)
            return worth;
        var share = (worth / UniqueTokens - 1) / Star;
        return share < 1 ? UniqueTokens * (1 - Star * Math.Log(1 - share)) : null;
    }

    /// <summary>What the next token is worth beside a new one, 0 to 1.</summary>
    public double NextWorth(double tokens) => tokens <= UniqueTokens ? 1 : Math.Exp(-(tokens / UniqueTokens - 1) / Star);
}

/// <summary>Tokens are trained on more often than is free.</summary>
/// <param name="UniqueTokens">Tokens that differ.</param>
/// <param name="Epochs">Passes over them.</param>
/// <param name="WorthTokens">New tokens that they are worth.</param>
/// <param name="NextWorth">What the last pass' tokens are worth beside new ones.</param>
public sealed record DataRepeated(double UniqueTokens, double Epochs, double WorthTokens, double NextWorth)
    : Findings.Finding(Epochs > Repetition.MostEpochs ? Findings.Severity.Warning : Findings.Severity.Hint, "data-repeated");
