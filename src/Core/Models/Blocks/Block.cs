namespace SlmPlanner.Core.Models.Blocks;

/// <summary>One block of a decoder: what mixes tokens with each other, and what works on each token alone.</summary>
public sealed record Block
{
    /// <summary>What mixes tokens; null in a block that has a feed-forward alone.</summary>
    public TokenMixer? Mixer { get; init; }

    /// <summary>A second mixer beside the first, on the same input (Falcon-H1: a state space beside attention).</summary>
    public TokenMixer? Beside { get; init; }

    /// <summary>What works on each token alone; null in a block that has a mixer alone (Mamba).</summary>
    public FeedForward? FeedForward { get; init; }

    /// <summary>
    /// Normalisations of the hidden width: 2 where each part has one before it, 1 where the parts share one, 4 with one behind each too.
    /// </summary>
    public int Norms { get; init; } = 2;

    /// <summary>Parameters that no multiply uses: scales of layers, mixing weights.</summary>
    public long OtherParameters { get; init; }

    /// <summary>True where the weights are those of a block before it (Zamba 2, MobileLLM-LS): they work again and count once.</summary>
    public bool RepeatsWeights { get; init; }

    /// <summary>The mixers that it has.</summary>
    internal IEnumerable<TokenMixer> Mixers
    {
        get
        {
            if (Mixer is not null)
                yield return Mixer;
            if (Beside is not null)
                yield return Beside;
        }
    }

    /// <summary>Every matrix of the block.</summary>
    /// <param name="width">Hidden width d.</param>
    internal IEnumerable<Matrix> Matrices(int width) =>
        Mixers.SelectMany(mixer => mixer.Matrices(width)).Concat(FeedForward?.Matrices(width) ?? []);

    /// <summary>Those that torchtitan's policy per operation computes again.</summary>
    internal IEnumerable<Matrix> Again(int width) =>
        Mixers.SelectMany(mixer => mixer.Again(width)).Concat(FeedForward?.Again(width) ?? []);
}
