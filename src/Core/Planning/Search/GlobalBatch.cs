namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Splits a target global batch over ranks, micro-batches and accumulation. The target is met within
/// <see cref="Tolerance"/>, since whole sequences rarely divide it exactly.
/// </summary>
/// <param name="TargetTokens">Tokens per optimizer step over all ranks, &gt; 0.</param>
/// <param name="SeqLen">Tokens per sequence, ≥ 1.</param>
public readonly record struct GlobalBatch(double TargetTokens, int SeqLen)
{
    /// <summary>A batch between target / Tolerance and target · Tolerance counts as the target.</summary>
    public const double Tolerance = 1.25;

    /// <summary>The largest micro-batch of a rank that keeps the target; 0 when even one sequence per rank is too much.</summary>
    public int LargestMicroBatch(int gpus) => (int)Math.Min(SequencesPerRank(gpus) * Tolerance, int.MaxValue / 2);

    /// <summary>Finds the accumulation that comes nearest to the target.</summary>
    /// <returns>False when the nearest is outside the tolerance.</returns>
    public bool TryAccumulate(int microBatch, int gpus, out int gradAccum)
    {
        var exact = SequencesPerRank(gpus) / microBatch;
        gradAccum = Math.Max(1, (int)Math.Round(exact));
        var ratio = gradAccum / exact;
        return ratio is <= Tolerance and >= 1 / Tolerance;
    }

    /// <summary>
    /// The micro-batch that spreads the target evenly over the fewest micro-batches no larger than <paramref name="largest"/>.
    /// </summary>
    public int Balanced(int largest, int gpus)
    {
        var sequences = SequencesPerRank(gpus);
        var gradAccum = Math.Max(1, Math.Ceiling(sequences / largest));
        return Math.Clamp((int)Math.Round(sequences / gradAccum), 1, largest);
    }

    private double SequencesPerRank(int gpus) => TargetTokens / ((double)SeqLen * gpus);
}
