using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// Attention over a window by a fused kernel that knows none: queries in pieces of half the window, each against the keys that it sees,
/// under a mask (Beltagy et al. 2020, section 3: what lies beyond the window is not worked out). A piece of c tokens meets some w + c
/// keys, so that it costs up to half more operations than a kernel of its own would, and keys and values are kept w/c + 1 times.
/// </summary>
internal sealed class WindowPieces
{
    /// <summary>
    /// Shorter pieces are slower per token than what they save; longer ones could leave the kernel a first tile of keys without any that a
    /// query sees.
    /// </summary>
    private const int LeastPiece = 32, LongestPiece = 256;
    private const int PiecesPerWindow = 2;

    private readonly int _piece;
    private readonly int _before;
    private readonly Tensor _mask;

    /// <summary>Builds the mask of a whole piece.</summary>
    public WindowPieces(int window, ScalarType type, Device device)
    {
        _piece = Math.Clamp(window / PiecesPerWindow, LeastPiece, LongestPiece);
        _before = (window - 1 + _piece - 1) / _piece;
        _mask = WindowMask.Of(_piece, (_before + 1L) * _piece, window, type, device);
    }

    /// <summary>Mixed values, piece by piece.</summary>
    /// <param name="query">(batch, heads, sequence, head).</param>
    /// <param name="key">The same.</param>
    /// <param name="value">The same.</param>
    /// <param name="fused">The kernel: queries, keys, values and mask to mixed values.</param>
    public Tensor Forward(Tensor query, Tensor key, Tensor value, Func<Tensor, Tensor, Tensor, Tensor?, Tensor> fused)
    {
        using var scope = NewDisposeScope();
        var (queries, keys, values) = (query.split(_piece, 2), key.split(_piece, 2), value.split(_piece, 2));
        var mixed = queries.Select((part, place) =>
        {
            var first = Math.Max(0, place - _before);
            return fused(part, Joined(keys, first, place), Joined(values, first, place), Mask(place - first, part.shape[2]));
        });
        return cat([.. mixed], 2).MoveToOuterDisposeScope();
    }

    private static Tensor Joined(Tensor[] pieces, int first, int last) =>
        first == last ? pieces[first] : cat(pieces[first..(last + 1)], 2);

    /// <summary>Of the whole mask what a piece with fewer before it, or a shorter last one, has.</summary>
    private Tensor Mask(int before, long length) =>
        _mask.narrow(0, 0, length).narrow(1, (_before - before) * (long)_piece, before * (long)_piece + length);
}
