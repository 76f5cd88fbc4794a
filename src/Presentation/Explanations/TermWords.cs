using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Explanations;

/// <summary>A quantity of an explanation for people: its name without the unit, and its amount with it.</summary>
internal static class TermWords
{
    /// <summary>How an amount is read, by the suffix of its quantity, the longest suffix first.</summary>
    private static readonly (string Suffix, Func<double, string> Amount)[] Units =
    [
        ("_usd_per_hour", Readable.UsdPerHour),
        ("tokens_per_usd", Readable.Count),
        ("loss_per_usd", value => Readable.Number(value)),
        ("tokens_per_s", Readable.Count),
        ("_probability", Readable.Probability),
        ("_bytes", Readable.Gib),
        ("_usd", Readable.Usd),
        ("_s", Readable.Seconds),
        ("hours", Readable.Hours),
        ("mfu", Readable.Percent),
    ];

    /// <summary>What may follow the unit.</summary>
    private static readonly string[] Bounds = ["_median", "_low", "_high"];

    /// <summary>The name in words: <c>step_matmul_s</c> is "step matmul".</summary>
    public static string Name(ExplanationTerm term)
    {
        var name = term.Quantity;
        foreach (var bound in Bounds)
            name = name.Replace("_usd" + bound, bound, StringComparison.Ordinal);
        foreach (var unit in (string[])["_bytes", "_usd", "_s"])
        {
            if (name.EndsWith(unit, StringComparison.Ordinal) && !name.EndsWith("_per" + unit, StringComparison.Ordinal))
                name = name[..^unit.Length];
        }
        return Readable.Words(name);
    }

    /// <summary>The amount with its unit.</summary>
    public static string Amount(ExplanationTerm term, double amount)
    {
        var name = term.Quantity;
        foreach (var bound in Bounds)
        {
            if (name.EndsWith(bound, StringComparison.Ordinal))
                name = name[..^bound.Length];
        }
        foreach (var (suffix, read) in Units)
        {
            if (("_" + name).EndsWith(suffix, StringComparison.Ordinal))
                return read(amount);
        }
        return Readable.Number(amount);
    }
}
