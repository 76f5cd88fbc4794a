namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>
/// How much of the errors of left-out peaks the runs of a publication have in common: one less the mean variance within publications over
/// the mean square of all errors, every publication counting once.
/// </summary>
internal static class SharedVariance
{
    private const double Most = 0.95;

    /// <summary>The share, 0 to 0.95; 0 where no publication tells two peaks.</summary>
    /// <param name="rows">Left-out runs.</param>
    public static double Of(IEnumerable<LeftOutPeak> rows)
    {
        var sources = (
            from source in rows.Where(row => row.Seen.PeakBytes is not null).GroupBy(row => row.Seen.Source)
            let errors = source.Select(row => row.LogError).ToList()
            where errors.Count > 1
            let mean = errors.Average()
            select (Within: errors.Sum(error => (error - mean) * (error - mean)) / (errors.Count - 1),
                All: errors.Average(error => error * error))).ToList();
        return sources.Count == 0 ? 0 : Math.Clamp(1 - (sources.Average(source => source.Within) / sources.Average(source => source.All)),
            0, Most);
    }
}
