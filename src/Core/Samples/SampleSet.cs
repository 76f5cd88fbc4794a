using System.Text.Json.Serialization;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Samples;

/// <summary>The data of a fine-tuning run: samples, how often they are gone over, and how they become sequences.</summary>
public sealed record SampleSet
{
    /// <summary>Samples; null for as many as <see cref="Lengths"/> counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Count { get; init; }

    /// <summary>Times that they are gone over, above 0.</summary>
    public double Epochs { get; init; } = 1;

    /// <summary>How long they are; null where nothing is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SampleLengths? Lengths { get; init; }

    /// <summary>
    /// True where each sample is a sequence of its own, filled up to the longest of its micro-batch; else samples are packed.
    /// </summary>
    public bool Padded { get; init; }

    /// <summary>
    /// Share of the positions of a sequence that no token fills, as memory counts sequences, 0 to 1; null until the sequence is known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EmptyShare { get; init; }

    /// <summary>Tokens of all epochs; null where the number of samples or their lengths are not known.</summary>
    /// <param name="seqLen">Tokens at which samples are cut.</param>
    public double? Tokens(int seqLen) => Lengths is { } lengths && (Count ?? lengths.Count) is > 0 and var count
        ? count * Epochs * lengths.Mean(seqLen) : null;

    /// <summary>The set as sequences of a length.</summary>
    public SampleSet For(int seqLen) => Lengths is not { } lengths ? this
        : this with { EmptyShare = Padded ? 1 - lengths.Mean(seqLen) / seqLen : Packing.EmptyShare(lengths, seqLen) };

    /// <summary>
    /// The setup as time sees it. Padded to the longest sample of its micro-batch, a sequence is shorter than the longest of all.
    /// </summary>
    public TrainingSetup Computed(in TrainingSetup setup) => Padded && Lengths is { } lengths
        ? setup with { SeqLen = (int)Math.Ceiling(PaddedTokens(lengths, setup)) }
        : setup;

    /// <summary>Share of the positions that are computed and hold no token, at a setup.</summary>
    public double WastedShare(in TrainingSetup setup) =>
        Padded && Lengths is { } lengths ? 1 - lengths.Mean(setup.SeqLen) / PaddedTokens(lengths, setup) : EmptyShare ?? 0;

    /// <summary>
    /// Expected positions of a sequence: the longest of b samples; and a step waits for the rank whose micro-batches are longest together.
    /// With one micro-batch in a step that is the longest of all ranks' samples; what it is longer by falls with the root of their number,
    /// as means of independent draws do.
    /// </summary>
    private static double PaddedTokens(SampleLengths lengths, in TrainingSetup setup)
    {
        var own = lengths.ExpectedLongest(setup.MicroBatch, setup.SeqLen);
        var ranks = setup.Mesh.DataRanks;
        return ranks == 1 ? own
            : own + (lengths.ExpectedLongest((double)setup.MicroBatch * ranks, setup.SeqLen) - own) / Math.Sqrt(setup.GradAccum);
    }
}
