using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// An endless token stream by seed that a model can learn: three of four tokens follow from the one before them by a fixed
/// rule, the others are drawn with Zipf's frequencies. The loss thus falls from ln(vocabulary) at first through the
/// frequencies and later through the rule.
/// </summary>
internal sealed class TokenStream
{
    private const double RuleShare = 0.75;
    private readonly Random _random;
    private readonly int _vocab;
    private int _previous;

    /// <summary>Starts the stream; ranks that must see different data take different seeds.</summary>
    public TokenStream(int vocab, int seed)
    {
        _vocab = vocab;
        _random = new Random(seed);
        _previous = Zipf();
    }

    /// <summary>The next <paramref name="count"/> tokens.</summary>
    public long[] Next(int count)
    {
        var tokens = new long[count];
        for (var i = 0; i < count; i++)
            tokens[i] = _previous = _random.NextDouble() < RuleShare ? Successor(_previous) : Zipf();
        return tokens;
    }

    /// <summary>
    /// The next micro-batch: tokens and the tokens that follow them, both (batch, sequence), owned by the caller's scope.
    /// </summary>
    public (Tensor Tokens, Tensor Targets) NextBatch(int batch, int length, Device device)
    {
        var rows = tensor(Next(batch * (length + 1)), batch, length + 1L);
        return (rows.narrow(1, 0, length).contiguous().to(device), rows.narrow(1, 1, length).contiguous().to(device));
    }

    private int Successor(int token) => (int)((token * 31L + 7) % _vocab);

    /// <summary>Rank r with probability ∝ 1/(r + 1): the inverse of a logarithmic distribution function.</summary>
    private int Zipf() => Math.Min(_vocab - 1, (int)Math.Exp(_random.NextDouble() * Math.Log(_vocab)) - 1);
}
