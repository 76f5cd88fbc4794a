namespace SlmPlanner.Presentation.Charts;

/// <summary>How parts add up to a whole, as bars that start where the one above ends.</summary>
internal static class Waterfall
{
    /// <summary>The rows: one per part, then the whole.</summary>
    /// <param name="parts">The parts, in order; each at least zero.</param>
    /// <param name="total">The name of the whole.</param>
    /// <param name="format">An amount as text.</param>
    public static IReadOnlyList<BarRow> Rows(IReadOnlyList<(string Name, double Amount)> parts, string total, Func<double, string> format)
    {
        var rows = new List<BarRow>(parts.Count + 1);
        var sum = parts.Sum(part => part.Amount);
        var start = 0.0;
        foreach (var (name, amount) in parts)
        {
            rows.Add(new(name, start, start + amount, format(amount), Palette.Blue));
            start += amount;
        }
        rows.Add(new(total, 0, sum, format(sum), Palette.Slate));
        return rows;
    }
}
