using System.Diagnostics;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>
/// Fixed work timed between steps: what it takes tells how fast the machine is at that moment, whatever is being trained. A machine that
/// shares its host changes its pace by a third within minutes, in all programs alike, and no step time shows that by itself. The work is a
/// multiply that stays in the cores' own caches, so that the steps' data stays where it was.
/// </summary>
internal sealed class ReferenceWork : IDisposable
{
    private const int Side = 512;
    private const int Times = 4;
    private readonly Tensor _square = NewSquare();

    /// <summary>Seconds of the work at this moment.</summary>
    public double Time()
    {
        Multiply();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Times; i++)
            Multiply();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose() => _square.Dispose();

    private void Multiply()
    {
        using var without = no_grad();
        matmul(_square, _square).Dispose();
    }

    private static Tensor NewSquare()
    {
        using var scope = NewDisposeScope();
        return ones(Side, Side).to(ScalarType.BFloat16).DetachFromDisposeScope();
    }
}
