using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>Where a fact of a run was found; an earlier one counts before a later one.</summary>
public enum FactSource
{
    /// <summary>The person said so.</summary>
    Option,

    /// <summary>The log says so.</summary>
    Log,

    /// <summary>A configuration beside the log says so.</summary>
    Beside,

    /// <summary>It follows from other fields of the log.</summary>
    Derived,
}

/// <summary>A fact of a run.</summary>
/// <param name="Value">Its value as text, numbers in the invariant form.</param>
/// <param name="Source">What kind of place it was found in.</param>
/// <param name="Place">The place by name: a file, an option.</param>
public sealed record RunFact(string Value, FactSource Source, string Place);

/// <summary>Two places say different things of one field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Taken">The fact that counts.</param>
/// <param name="Other">The other one.</param>
public sealed record FactConflict(RunField Field, RunFact Taken, RunFact Other);

/// <summary>What is known of a run, each with its place. Of several, the first of the better source counts.</summary>
public sealed class RunFacts
{
    private const double SameWithin = 1e-3;
    private readonly SortedDictionary<RunField, RunFact> _facts = [];
    private readonly List<FactConflict> _conflicts = [];

    /// <summary>The facts in the order of their fields.</summary>
    public IReadOnlyDictionary<RunField, RunFact> All => _facts;

    /// <summary>Fields of which different sources say different things.</summary>
    public IReadOnlyList<FactConflict> Conflicts => _conflicts;

    /// <summary>Keeps a fact, unless a better source told the field.</summary>
    public void Set(RunField field, string value, FactSource source, string place)
    {
        var fact = new RunFact(value.Trim(), source, place);
        if (fact.Value.Length is 0 or > 200)
            return;
        if (!_facts.TryGetValue(field, out var known))
        {
            _facts[field] = fact;
            return;
        }
        var better = source < known.Source;
        if (source != known.Source && !Same(known.Value, fact.Value) && !(field == RunField.Precision && Agree(fact.Value, known.Value)))
            _conflicts.Add(better ? new(field, fact, known) : new(field, known, fact));
        if (better)
            _facts[field] = fact;
    }

    /// <summary>Keeps a number that is positive and finite.</summary>
    public void Set(RunField field, double value, FactSource source, string place)
    {
        if (double.IsFinite(value) && value > 0)
            Set(field, value.ToString("R", CultureInfo.InvariantCulture), source, place);
    }

    /// <summary>Takes over the facts of another place; those known keep their rank.</summary>
    public void Add(RunFacts other)
    {
        foreach (var (field, fact) in other._facts)
            Set(field, fact.Value, fact.Source, fact.Place);
    }

    /// <summary>The text of a field; null where it is unknown.</summary>
    public string? Text(RunField field) => _facts.GetValueOrDefault(field)?.Value;

    /// <summary>The number of a field; null where it is unknown or no number.</summary>
    public double? Number(RunField field) =>
        double.TryParse(Text(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : null;

    /// <summary>The whole number of a field from 1; null where it is unknown or none.</summary>
    public int? Count(RunField field) =>
        Number(field) is { } number && number >= 1 && number <= int.MaxValue && number == Math.Floor(number) ? (int)number : null;

    /// <summary>Whether a field is known.</summary>
    public bool TryGet(RunField field, [NotNullWhen(true)] out RunFact? fact) => _facts.TryGetValue(field, out fact);

    /// <summary>
    /// Number formats that two places may both be right about: one is more exact, or tells what is multiplied in fewer bits than the rest.
    /// </summary>
    private static bool Agree(string left, string right) =>
        Base(left) == Base(right) || (Base(left), Base(right)) is ("fp8" or "mxfp8" or "nvfp4", "bf16" or "fp16") or
            ("bf16" or "fp16", "fp8" or "mxfp8" or "nvfp4");

    private static string Base(string precision) => precision.Split('-')[0];

    private static bool Same(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase)
        || (double.TryParse(left, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(right, CultureInfo.InvariantCulture, out var b)
            && Math.Abs(a - b) <= SameWithin * Math.Max(Math.Abs(a), Math.Abs(b)));
}
