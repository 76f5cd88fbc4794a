namespace SlmPlanner.Data.Logs.Lines;

/// <summary>The sequences of a step where a line tells its seconds and its sequences per second.</summary>
internal static class PrintedBatch
{
    /// <summary>A rate is printed with three digits after the point: half of the last.</summary>
    private const double HalfDigit = 0.0005;

    /// <summary>How far a product may be from a whole number, and what the rate's rounding may make of it.</summary>
    private const double Whole = 0.25;

    /// <summary>A whole number of sequences; NaN where the product does not tell one.</summary>
    public static double Of(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key, double seconds)
    {
        var rate = line.After(key);
        var batch = Math.Round(rate * seconds);
        return batch >= 1 && Math.Abs(rate * seconds - batch) < Whole && HalfDigit * seconds < Whole ? batch : double.NaN;
    }
}
