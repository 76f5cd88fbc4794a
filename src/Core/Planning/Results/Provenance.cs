using System.Text.Json.Serialization;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Planning.Results;


/// <summary>What a plan rests on, so that it can be checked and repeated.</summary>
public sealed record Provenance
{
    /// <summary>Version of the program.</summary>
    public required string Program { get; init; }

    /// <summary>The day the plan was made.</summary>
    public required DateOnly Made { get; init; }

    /// <summary>Stands in <see cref="Stack"/> for all measured stacks, where none is named.</summary>
    public const string AnyStack = "any-stack";

    /// <summary>The price catalog, by file name.</summary>
    public required string Offers { get; init; }

    /// <summary>Offers that the request's filters leave; null in plans of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OffersConsidered { get; init; }

    /// <summary>Offers of the catalog; null in plans of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OffersKnown { get; init; }

    /// <summary>Oldest and newest day among the prices considered.</summary>
    public required DateOnly OldestPrice { get; init; }

    /// <summary>Newest day among the prices considered.</summary>
    public required DateOnly NewestPrice { get; init; }

    /// <summary>The performance profile: what it was fitted to, and when.</summary>
    public required string Profile { get; init; }

    /// <summary>Software stack whose efficiency is assumed.</summary>
    public required string Stack { get; init; }

    /// <summary>Scaling law and its source.</summary>
    public required string LossLaw { get; init; }

    /// <summary>Error of the performance model on rows it was not fitted to, in words; empty when not validated.</summary>
    public required string Accuracy { get; init; }

    /// <summary>The user's own runs that move the recommendation's predicted step; null where none were learned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearnedEvidence? Learned { get; init; }

    /// <summary>Assumptions of the plan, with their sources.</summary>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }
}

/// <summary>Something that a plan takes for granted. Each kind is a record of its own; the sentence is made where it is shown.</summary>
public abstract record Assumption;

/// <summary>The global batch that setups are made to meet.</summary>
/// <param name="Tokens">Tokens per optimizer step.</param>
/// <param name="Tolerance">How far off it may be, as a share.</param>
/// <param name="SeqLen">Tokens per sequence.</param>
public sealed record GlobalBatchAssumed(double Tokens, double Tolerance, int SeqLen) : Assumption;

/// <summary>Which clusters are considered: whole machines, in powers of two, with data parallelism.</summary>
public sealed record WholeMachinesAssumed : Assumption;

/// <summary>How surely limits are kept, and what intervals cover.</summary>
/// <param name="Confidence">The probability.</param>
public sealed record ConfidenceAssumed(double Confidence) : Assumption;

/// <summary>The longest run of a request that sets no limit.</summary>
/// <param name="Hours">Its length.</param>
public sealed record LongestRunAssumed(double Hours) : Assumption;

/// <summary>A number of the risk profile.</summary>
/// <param name="Key">Its kebab-case key, see <see cref="RiskProfile.Numbers"/>.</param>
/// <param name="Number">Its value and source.</param>
public sealed record RiskNumberAssumed(string Key, SourcedNumber Number) : Assumption;
