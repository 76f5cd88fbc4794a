using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Samples;

/// <summary>Samples of one length.</summary>
/// <param name="Tokens">Tokens of each, above 0.</param>
/// <param name="Count">How many, above 0; a share where only shares are known.</param>
public readonly record struct LengthCount(double Tokens, double Count);

/// <summary>How long the samples of a data set are: a histogram.</summary>
public sealed record SampleLengths
{
    private const int MostBins = 128;

    /// <summary>A histogram in any order; equal lengths are joined, and beyond 128 lengths neighbours are, the longest apart.</summary>
    /// <param name="bins">At least one; lengths and counts above 0.</param>
    public SampleLengths(IReadOnlyList<LengthCount> bins) => Bins = Joined(bins);

    /// <summary>Lengths, ascending.</summary>
    public IReadOnlyList<LengthCount> Bins { get; }

    /// <summary>True where lengths were estimated from characters, not counted by a tokenizer.</summary>
    public bool Estimated { get; init; }

    /// <summary>Samples in all.</summary>
    [JsonIgnore]
    public double Count => Bins.Sum(bin => bin.Count);

    /// <summary>Tokens of the longest.</summary>
    [JsonIgnore]
    public double Longest => Bins[^1].Tokens;

    /// <summary>Mean tokens of a sample that is cut where it is longer than so many.</summary>
    public double Mean(double most) => Bins.Sum(bin => bin.Count * Math.Min(bin.Tokens, most)) / Count;

    /// <summary>Share of the samples that are longer than so many tokens, and are cut.</summary>
    public double CutShare(double most) => Bins.Where(bin => bin.Tokens > most).Sum(bin => bin.Count) / Count;

    /// <summary>Expected tokens of the longest of n samples drawn at random, each cut at so many: Σ len·(F(len)ⁿ − F(len−)ⁿ).</summary>
    /// <param name="draws">Samples drawn, n ≥ 1.</param>
    /// <param name="most">Tokens at which samples are cut.</param>
    public double ExpectedLongest(double draws, double most)
    {
        double sum = 0, below = 0, powerBelow = 0, all = Count;
        foreach (var bin in Bins)
        {
            below += bin.Count;
            var power = Math.Pow(Math.Min(1, below / all), draws);
            sum += Math.Min(bin.Tokens, most) * (power - powerBelow);
            powerBelow = power;
        }
        return sum;
    }

    /// <inheritdoc/>
    public bool Equals(SampleLengths? other) => other is not null && Estimated == other.Estimated && Bins.SequenceEqual(other.Bins);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Bins.Count, Bins[0], Bins[^1]);

    private static List<LengthCount> Joined(IReadOnlyList<LengthCount> bins)
    {
        var sorted = bins.GroupBy(bin => bin.Tokens).Select(group => new LengthCount(group.Key, group.Sum(bin => bin.Count)))
            .OrderBy(bin => bin.Tokens).ToList();
        if (sorted.Count <= MostBins)
            return sorted;
        var perBin = (int)Math.Ceiling((sorted.Count - 1.0) / (MostBins - 1));
        return [.. sorted[..^1].Chunk(perBin).Select(Mean), sorted[^1]];
    }

    private static LengthCount Mean(LengthCount[] bins) =>
        new(bins.Sum(bin => bin.Tokens * bin.Count) / bins.Sum(bin => bin.Count), bins.Sum(bin => bin.Count));
}
