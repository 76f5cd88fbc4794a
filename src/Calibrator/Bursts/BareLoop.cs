using System.Diagnostics;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// The yardstick for our own overhead: the same model trained by the shortest TorchSharp loop there is, forward, one backward
/// call and the update inside one dispose scope, without stages, stores or clocks.
/// </summary>
internal sealed class BareLoop(BurstSpec spec, Device device) : IDisposable
{
    private readonly Decoder _decoder = new(spec, device);
    private readonly TokenStream _stream = new(spec.Vocab, spec.Seed);
    private ResidentParameters? _parameters;

    /// <summary>Runs one step and returns its seconds. Recomputation is not part of a bare loop.</summary>
    public double Step()
    {
        _parameters ??= new ResidentParameters(_decoder, spec.Seed, device, new AdamWSettings());
        using var scope = NewDisposeScope();
        var batches = Enumerable.Range(0, spec.GradAccum).Select(_ => _stream.NextBatch(spec.MicroBatch, spec.SeqLen, device)).ToArray();
        var start = Stopwatch.GetTimestamp();
        foreach (var (tokens, targets) in batches)
        {
            using var microBatch = NewDisposeScope();
            var x = _decoder.Embed(tokens, _parameters.Acquire(0));
            for (var block = 0; block < spec.NLayers; block++)
                x = _decoder.Blocks[block].Forward(x, _parameters.Acquire(block + 1));
            (_decoder.Loss(x, targets, _parameters.Acquire(0)) / spec.GradAccum).backward();
        }
        _parameters.Step();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose() => _parameters?.Dispose();
}
