using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>What is added to scores so that a token sees itself and the window before it alone: 0 there, −∞ elsewhere.</summary>
internal static class WindowMask
{
    /// <summary>The mask, (queries, keys), of which the last query and the last key are the same token. Owned by the caller.</summary>
    /// <param name="queries">Rows.</param>
    /// <param name="keys">Columns, ≥ rows.</param>
    /// <param name="window">Tokens that a token sees at most, itself included.</param>
    /// <param name="type">The format of scores.</param>
    /// <param name="device">Where it lies.</param>
    public static Tensor Of(long queries, long keys, long window, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        var before = keys - queries;
        var hidden = full([queries, keys], float.NegativeInfinity, dtype: type, device: device);
        var mask = hidden.triu(before + 1);
        return (window < keys ? mask + hidden.tril(before - window) : mask).DetachFromDisposeScope();
    }
}
