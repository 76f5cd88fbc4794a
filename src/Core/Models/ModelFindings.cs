using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Models;

/// <summary>What a reader of numbers on a model should know of the model itself.</summary>
public static class ModelFindings
{
    /// <summary>The findings, in a fixed order; none for a dense transformer of a known type.</summary>
    public static IReadOnlyList<Finding> Of(TransformerShape shape)
    {
        var findings = new List<Finding>();
        if (shape.AssumedFrom is { } type)
            findings.Add(new ReadByFields(type, ParameterCount.Of(shape).Total));
        if (shape.LeftOut is { } members)
            findings.Add(new TowersLeftOut(members, ParameterCount.Of(shape).Total));
        if (shape.HasExperts)
        {
            var count = ParameterCount.Of(shape);
            findings.Add(new ExpertsNotMeasured(count.Total, count.Active));
        }
        if (shape.HasRecurrence)
            findings.Add(new RecurrencesNotMeasured());
        return findings;
    }
}

/// <summary>A model's type is not known: it was read as a dense decoder by its members.</summary>
/// <param name="Type">The type.</param>
/// <param name="Parameters">Parameters as they were counted.</param>
public sealed record ReadByFields(string Type, long Parameters) : Finding(Severity.Warning, "model-read-by-fields");

/// <summary>A model has other towers beside the decoder, which are not counted.</summary>
/// <param name="Members">The members that describe them.</param>
/// <param name="Parameters">Parameters of the decoder.</param>
public sealed record TowersLeftOut(string Members, long Parameters) : Finding(Severity.Warning, "model-towers-left-out");

/// <summary>A model has experts, of which no measured run is at hand: neither their time nor their loss is fitted.</summary>
/// <param name="Parameters">All parameters.</param>
/// <param name="Active">Those that one token passes.</param>
public sealed record ExpertsNotMeasured(long Parameters, long Active) : Finding(Severity.Warning, "experts-not-measured");

/// <summary>A model has state spaces or other recurrences, of which no measured run is at hand.</summary>
public sealed record RecurrencesNotMeasured() : Finding(Severity.Warning, "recurrences-not-measured");
