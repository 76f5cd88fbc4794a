using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Batch;

/// <summary>Constants of the critical batch size, in <c>profiles/batch.json</c>, each with its source.</summary>
public sealed record BatchProfile
{
    /// <summary>Version of the file format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Critical batch in sequences at a million training tokens.</summary>
    public required SourcedNumber SequencesAtOneMillionTokens { get; init; }

    /// <summary>Exponent of training tokens.</summary>
    public required SourcedNumber TokenExponent { get; init; }

    /// <summary>Tokens per sequence of the runs behind the fit.</summary>
    public required SourcedNumber SequenceTokens { get; init; }

    /// <summary>Extra tokens at the critical batch, as a share.</summary>
    public required SourcedNumber OverheadAtCritical { get; init; }

    /// <summary>B* of Kaplan et al. 2020, tokens.</summary>
    public required SourcedNumber KaplanTokens { get; init; }

    /// <summary>α_B of Kaplan et al. 2020.</summary>
    public required SourcedNumber KaplanExponent { get; init; }

    /// <summary>Fewest training tokens for which the fit is used without a caveat.</summary>
    public required SourcedNumber TokensMin { get; init; }

    /// <summary>Most training tokens for which the fit is used without a caveat.</summary>
    public required SourcedNumber TokensMax { get; init; }
}
